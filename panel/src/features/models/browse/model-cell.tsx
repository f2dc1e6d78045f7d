import { useTexts } from '../../../app/preferences-provider';
import type { CatalogModel } from '../../../client/types';
import { Identifier } from '../../../components/identifier';
import { PlainText } from '../../../components/plain-text';
import { Tag } from '../../../components/tag';
import classes from './catalog-table.module.css';
import { isFresh } from './catalog-filter';

export function ModelCell({ model }: { readonly model: CatalogModel }) {
  return (
    <>
      <span className={classes.nameLine}>
        <span className={classes.modelName} dir="auto">
          <PlainText value={model.name || model.id} limit={120} />
        </span>
        <ModelTags model={model} />
      </span>
      <span className={classes.modelId} dir="ltr">
        <Identifier value={model.id} limit={120} />
      </span>
    </>
  );
}

export function ModelTags({ model }: { readonly model: CatalogModel }) {
  const t = useTexts();
  return (
    <>
      {model.is_active ? (
        <Tag tone="accent" dot>
          {t('models.active')}
        </Tag>
      ) : (
        model.is_selected && <Tag tone="accent">{t('models.selected')}</Tag>
      )}
      {model.is_free && <Tag tone="info">{t('models.free')}</Tag>}
      {isFresh(model.first_seen_at) && <Tag>{t('models.new')}</Tag>}
      {model.missing_since ? (
        <Tag tone="negative">{t('models.missing')}</Tag>
      ) : (
        model.deprecated_at && <Tag tone="caution">{t('models.deprecated')}</Tag>
      )}
    </>
  );
}
