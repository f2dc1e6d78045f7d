import { Box } from '@mantine/core';
import { CopyButton } from './copy-button';
import classes from './code-block.module.css';

/** Code to read and copy: left to right in every language. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <Box className={classes.frame} dir="ltr">
      <div className={classes.copy}>
        <CopyButton value={code} />
      </div>
      <pre className={classes.code} tabIndex={0} aria-label={label}>
        {code}
      </pre>
    </Box>
  );
}
