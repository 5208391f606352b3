/** The completion of zsh, as a file of \`fpath\` or to be evaluated. */
import { spellings, type CompletedCommand, type CompletedOption, type Model, type Value } from './model.js';

const inQuotes = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
const escaped = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');

/** What zsh does at a value, in its own notation. */
function action({ words, paths }: Value): string {
  const files = paths === 'folders' ? '_files -/' : '_files';
  if (words.length === 0) return paths === 'none' ? '' : files;
  if (paths === 'none') return `(${words.join(' ')})`;
  return ` _alternative "words:word:(${words.join(' ')})" "files:file:${files}"`;
}

function optionSpec(option: CompletedOption): string {
  const { short, long, description, value } = option;
  const tail = value === undefined ? '' : `:value:${action(value)}`;
  const spec = `[${escaped(description)}]${tail}`;
  const name = value === undefined ? long : `${long}=`;
  if (short === undefined) return inQuotes(`${name}${spec}`);
  return `${inQuotes(`(${spellings(option).join(' ')})`)}{${short},${name}}${inQuotes(spec)}`;
}

function argumentSpec({ name, argument }: CompletedCommand): readonly string[] {
  return argument === undefined || name === '' ? [] : [inQuotes(`*:argument:${action(argument)}`)];
}

function arm(command: CompletedCommand): string {
  const specs = [...command.options.map(optionSpec), ...argumentSpec(command)];
  const lines = specs.map((spec) => `            ${spec}`).join(' \\\n');
  return `        ${command.name})\n          _arguments -s \\\n${lines}\n          ;;`;
}

/** The script. */
export function zsh({ program, commands }: Model): string {
  const list = commands.map(
    ({ name, description }) => `        ${inQuotes(`${name}:${description.replaceAll(':', '\\:')}`)}`,
  );
  return `#compdef veriloss
# Completion of veriloss for zsh, printed by \`veriloss completion zsh\`.
_veriloss() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C \\
${program.options.map((option) => `    ${optionSpec(option)} \\`).join('\n')}
    '1: :->command' '*:: :->argument'
  case $state in
    command)
      local -a commands
      commands=(
${list.join('\n')}
      )
      _describe -t commands command commands
      ;;
    argument)
      case $words[1] in
${commands.map(arm).join('\n')}
      esac
      ;;
  esac
}
if [[ $funcstack[1] == _veriloss ]]; then
  _veriloss "$@"
else
  compdef _veriloss veriloss
fi
`;
}
