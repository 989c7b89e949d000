import type { ComponentChildren } from 'preact';
import type { Resource } from '../api/use-resource';
import { Card, Page as Frame, type PageProps } from '../app/page';
import { Failure, Skeleton } from '../components/states';

/** The page of one thing while it is fetched, when that failed, or when there is no such thing. */
export function AwaitedPage(props: {
  readonly title: string;
  readonly parent: NonNullable<PageProps['parent']>;
  readonly resource: Exclude<Resource<unknown>, { readonly kind: 'ready' }>;
  /** Shown when the server knows no such thing. */
  readonly gone: ComponentChildren;
  readonly onRetry: () => void;
}) {
  return (
    <Frame title={props.title} parent={props.parent}>
      {props.resource.kind === 'loading' ? (
        <Skeleton lines={8} />
      ) : (
        <Card>
          {props.resource.problem.status === 404 ? (
            props.gone
          ) : (
            <Failure problem={props.resource.problem} onRetry={props.onRetry} />
          )}
        </Card>
      )}
    </Frame>
  );
}
