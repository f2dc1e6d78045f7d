import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { SwitchboardOptions } from './switchboard.options.js';

export const { ConfigurableModuleClass: SwitchboardModuleClass, MODULE_OPTIONS_TOKEN: SWITCHBOARD_OPTIONS } =
  new ConfigurableModuleBuilder<SwitchboardOptions>().setClassMethodName('forRoot').build();
