import { createColumnHelper, rowSortingFeature, tableFeatures } from '@tanstack/react-table';
import type { Capability } from '../../../client/types';
import { ModelCell } from './model-cell';
import { ContextCell, ModalityCell, PriceCell } from './catalog-cells';
import type { CatalogRow } from './catalog-rows';

export const catalogFeatures = tableFeatures({ rowSortingFeature });

const helper = createColumnHelper<typeof catalogFeatures, CatalogRow>();

const name = helper.accessor((row) => row.model.name, {
  id: 'name',
  cell: ({ row }) => <ModelCell model={row.original.model} />,
});
const context = helper.accessor((row) => row.model.context_length, {
  id: 'context',
  cell: ({ row }) => <ContextCell value={row.original.model.context_length} />,
});
const input = helper.accessor((row) => row.input, {
  id: 'input',
  cell: ({ row }) => <PriceCell model={row.original.model} price={row.original.model.pricing?.input} />,
});
const output = helper.accessor((row) => row.output, {
  id: 'output',
  cell: ({ row }) => <PriceCell model={row.original.model} price={row.original.model.pricing?.output} />,
});
const unit = helper.accessor((row) => row.unit, {
  id: 'unit',
  cell: ({ row }) => (
    <PriceCell
      model={row.original.model}
      price={row.original.model.pricing?.image ?? row.original.model.pricing?.characters}
    />
  ),
});
const modality = helper.accessor((row) => row.model.modalities?.input.length ?? 0, {
  id: 'modality',
  enableSorting: false,
  cell: ({ row }) => <ModalityCell model={row.original.model} />,
});

/** What is worth a column differs: text by tokens, images by piece, speech by characters. */
export function columnsFor(capability: Capability) {
  if (capability === 'chat' || capability === 'content')
    return helper.columns([name, context, input, output, modality]);
  const isByPiece = capability === 'image' || capability === 'audio';
  return helper.columns([name, isByPiece ? unit : context, input, output]);
}
