/** The JSON schema of configuration files, for editors, from the schema by which the command line reads them. */
import { toJsonSchema } from '@valibot/to-json-schema';
import { format } from 'prettier';
import { configSchema } from '../src/cli/config/schema.js';

/** The text of `config.schema.json`. */
export function configJsonSchema(): Promise<string> {
  const schema = toJsonSchema(configSchema);
  return format(JSON.stringify(schema), { parser: 'json', printWidth: 110 });
}
