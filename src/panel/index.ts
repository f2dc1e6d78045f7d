export { PanelModule, type PanelOptions } from './panel.module.js';
