import { frame } from './frame';
import { models, select } from './models';
import { overview } from './overview';
import { audit, people, settings, tokens } from './people';
import { playground } from './playground';
import { catalog, keys, providers } from './providers';
import { usage } from './usage';

export const texts = {
  ...frame,
  overview,
  providers,
  keys,
  catalog,
  models,
  select,
  playground,
  usage,
  people,
  tokens,
  audit,
  settings,
};
