import { checkFiles } from './check-files.js';
import { checkServices } from './check-services.js';
import { checkVariables } from './check-variables.js';
import type { Finding, Variables } from './finding.js';

/** Everything that is wrong with a configuration, as far as can be told without starting the server. */
export async function diagnose(variables: Variables): Promise<Finding[]> {
  const { findings, environment } = checkVariables(variables);
  if (environment === null) return findings;
  return [...findings, ...checkFiles(environment), ...(await checkServices(environment))];
}
