import { Page as Frame } from '../../app/page';
import { EmptyState } from '../../components/states';

export function Page() {
  return (
    <Frame title="Home">
      <EmptyState icon="pulse" title="No verifications yet">
        Figures appear here after the first login through an integration.
      </EmptyState>
    </Frame>
  );
}
