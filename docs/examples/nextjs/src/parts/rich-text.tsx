/** Rich text of the API is clean HTML. Everything else goes in as text. */
export function RichText({ html }: { html: string }) {
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
}
