/** The completion of PowerShell, which offers paths by itself where nothing else is offered. */
import { spellings, type CompletedCommand, type Model } from './model.js';

const inQuotes = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const list = (words: readonly string[]): string => `@(${words.map(inQuotes).join(', ')})`;

function entry({ name, options, argument }: CompletedCommand): string {
  const described = options.flatMap((option) =>
    spellings(option).map((flag) => `      ${inQuotes(flag)} = ${inQuotes(option.description)}`),
  );
  const values = options.flatMap((option) =>
    option.value === undefined
      ? []
      : spellings(option).map((flag) => `      ${inQuotes(flag)} = ${list(option.value?.words ?? [])}`),
  );
  return [
    `    ${inQuotes(name)} = @{`,
    `    words = ${list(argument?.words ?? [])}`,
    '    options = [ordered]@{',
    // PowerShell's tables do not tell -v from -V.
    ...described.filter((one, at) => described.findIndex((other) => sameKey(one, other)) === at),
    '    }',
    '    values = @{',
    ...values,
    '    }',
    '    }',
  ].join('\n');
}

const keyOf = (text: string): string => (text.split(' = ')[0] ?? '').toLowerCase();
const sameKey = (one: string, other: string): boolean => keyOf(one) === keyOf(other);

/** The script. */
export function powershell({ program, commands }: Model): string {
  return `# Completion of veriloss for PowerShell, printed by \`veriloss completion powershell\`.
Register-ArgumentCompleter -Native -CommandName veriloss -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $table = @{
${[program, ...commands].map(entry).join('\n')}
  }
  $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
  $command = ''
  for ($i = 0; $i -lt $before.Count; $i++) {
    if ($table[''].values.ContainsKey($before[$i])) { $i++; continue }
    if (-not $before[$i].StartsWith('-')) { $command = $before[$i]; break }
  }
  if (-not $table.ContainsKey($command)) { return }
  $known = $table[$command]
  $previous = if ($before.Count -gt 0) { $before[-1] } else { '' }
  if ($known.values.ContainsKey($previous)) {
    $offered = $known.values[$previous]
  } elseif ("$wordToComplete".StartsWith('-')) {
    $offered = $known.options.Keys
  } else {
    $offered = $known.words
  }
  $offered | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    $text = if ($known.options.Contains($_)) { $known.options[$_] } else { $_ }
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $text)
  }
}
`;
}
