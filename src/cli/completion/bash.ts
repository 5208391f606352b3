/** The completion of bash, 3.2 and later: a function with a table of what can stand where. */
import { spellings, type CompletedCommand, type Model, type Value } from './model.js';

const quoted = (words: readonly string[]): string => `'${words.join(' ')}'`;

const assigned = ({ words, paths }: Value): string =>
  `options= words=${words.length === 0 ? '' : quoted(words)} paths=${paths === 'none' ? '' : paths}`;

function arm({ name, options, argument }: CompletedCommand): string {
  const all = options.flatMap(spellings);
  const takers = options.flatMap((option) =>
    option.value === undefined
      ? []
      : [`        ${spellings(option).join(' | ')}) ${assigned(option.value)} ;;`],
  );
  const rest = assigned(argument ?? { words: [], paths: 'none' }).replace(
    'options=',
    `options=${quoted(all)}`,
  );
  return [
    `    ${name === '' ? "''" : name})`,
    `      ${rest}`,
    ...(takers.length === 0 ? [] : ['      case $previous in', ...takers, '      esac']),
    '      ;;',
  ].join('\n');
}

/** The script. */
export function bash({ program, commands }: Model): string {
  const takers = program.options.filter(({ value }) => value !== undefined).flatMap(spellings);
  return `# Completion of veriloss for bash, printed by \`veriloss completion bash\`.
_veriloss() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  local command= options= words= paths= word i
  # Bash takes the = of --option=value for a word of its own.
  if [[ $current == '=' ]]; then
    current=
  elif [[ $previous == '=' ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    case $word in
      ${takers.join(' | ')}) if [[ \${COMP_WORDS[i + 1]} == '=' ]]; then ((i += 2)); else ((i += 1)); fi ;;
      -*) ;;
      *) command=$word && break ;;
    esac
  done
  case $command in
${[program, ...commands].map(arm).join('\n')}
  esac
  if [[ $current == -* ]]; then
    words=$options paths=
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [[ -n $paths ]]; then
    compopt -o filenames 2>/dev/null
    local flag=-f
    [[ $paths == folders ]] && flag=-d
    while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen $flag -- "$current")
  fi
}
complete -F _veriloss veriloss
`;
}
