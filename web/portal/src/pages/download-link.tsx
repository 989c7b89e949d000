import { Icon } from '../components/icon';

/** A file that the server makes. The browser fetches it itself, so that a large export needs no memory of the page. */
export function DownloadLink(props: { readonly href: string; readonly children: string }) {
  return (
    <a class="btn btn-secondary btn-m" href={props.href} download>
      <Icon name="download" size="s" />
      <span class="btn-text">{props.children}</span>
    </a>
  );
}
