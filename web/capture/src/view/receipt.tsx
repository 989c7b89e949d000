import { useEffect, useState } from 'preact/hooks';
import type { Model } from '../state/model';
import type { CaptureTexts } from '../texts/catalogue';
import { Icon } from './icons';

/** Everything a person needs to prove later what was agreed to. */
export function receiptText(model: Model): string {
  const { session, receipt } = model;
  const { version, sha256, title, paragraphs } = session?.consent ?? {
    version: '',
    sha256: '',
    title: '',
    paragraphs: [],
  };
  const content = {
    receipt,
    verification_id: session?.verificationId,
    application: session?.application,
    account: session?.account,
    accepted: true,
    version,
    sha256,
    locale: session?.locale,
    title,
    paragraphs,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

export function Receipt({ model, texts }: { readonly model: Model; readonly texts: CaptureTexts }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([receiptText(model)], { type: 'application/json' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [model.receipt]);
  if (model.receipt === null) return null;
  return (
    <div class="receipt" data-testid="receipt">
      <Icon name="check" />
      <span class="receipt-text">
        {texts.t('consent.recorded')}
        <code>{model.receipt}</code>
      </span>
      {address === null ? null : (
        <a class="receipt-link" href={address} download={`consent-${model.receipt}.json`}>
          <Icon name="download" />
          {texts.t('action.receipt')}
        </a>
      )}
    </div>
  );
}
