import { useEffect, useState } from 'preact/hooks';
import { Button, IconButton } from './button';
import { downloadText } from './download';
import { Icon } from './icon';
import { ScrollRegion } from './scroll-region';
import { toast } from './toast';

/** Copies, and says on the button for two seconds that it did. */
export function useCopy(text: string): readonly [boolean, () => void] {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => toast({ tone: 'danger', text: 'The browser did not allow copying. Select the text instead.' }),
    );
  };
  return [copied, copy];
}

/** A small copy button for an id inside a line or a table cell. */
export function CopyButton({ value, label }: { readonly value: string; readonly label: string }) {
  const [copied, copy] = useCopy(value);
  return (
    <IconButton size="s" icon={copied ? 'check' : 'copy'} label={copied ? 'Copied' : label} onClick={copy} />
  );
}

/** A value that is there to be copied. `secret` hides it until the person wants to see it. */
export function CopyField({
  label,
  value,
  secret = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly secret?: boolean;
}) {
  const [visible, setVisible] = useState(!secret);
  const [copied, copy] = useCopy(value);
  return (
    <div class="copy-field">
      <span class="copy-label">{label}</span>
      <div class="copy-row">
        <code class="copy-value">{visible ? value : '•'.repeat(24)}</code>
        {secret && (
          <IconButton
            icon={visible ? 'eye_off' : 'eye'}
            label={`${visible ? 'Hide' : 'Show'}: ${label}`}
            onClick={() => setVisible(!visible)}
          />
        )}
        <Button
          icon={copied ? 'check' : 'copy'}
          aria-label={`${copied ? 'Copied' : 'Copy'}: ${label}`}
          onClick={copy}
        >
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
    </div>
  );
}

/** Code or a file to take away. Shown as text only: nothing in it is ever markup. */
export function CodeBlock(props: {
  readonly code: string;
  readonly fileName?: string;
  readonly label: string;
  readonly tall?: boolean;
}) {
  const [copied, copy] = useCopy(props.code);
  const { fileName } = props;
  return (
    <figure class="code-block">
      <figcaption class="code-head">
        <span class="code-name">{fileName ?? props.label}</span>
        {fileName !== undefined && (
          <Button size="s" variant="quiet" icon="download" onClick={() => downloadText(fileName, props.code)}>
            Download
          </Button>
        )}
        <Button size="s" variant="quiet" icon={copied ? 'check' : 'copy'} onClick={copy}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </figcaption>
      <ScrollRegion class={props.tall === true ? 'code-text code-tall' : 'code-text'} label={props.label}>
        <pre>
          <code>{props.code}</code>
        </pre>
      </ScrollRegion>
    </figure>
  );
}

/** A link that looks like one and leads out of the portal, in its own tab, without telling where from. */
export function ExternalLink({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" class="external">
      {children}
      <Icon name="external" size="s" />
      <span class="visually-hidden"> (opens in a new tab)</span>
    </a>
  );
}
