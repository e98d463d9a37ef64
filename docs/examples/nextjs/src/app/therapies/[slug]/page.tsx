import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { isProblem, type Shapes } from "therapy-practice-client";
import { currentPreview, leavePreview, type Preview, readDraft, readUserBar } from "../../../draft";
import { PageLink } from "../../../parts/addresses";
import { Block } from "../../../parts/block";
import { UserBar } from "../../../parts/user-bar";
import { findPage, listTherapies, readSite } from "../../../practice";

interface Props {
  params: Promise<{ slug: string }>;
}

export async function generateStaticParams() {
  return (await listTherapies()).map(({ slug }) => ({ slug }));
}

async function findTherapy({ params }: Props): Promise<Shapes["TherapyPage"] | null> {
  const page = await findPage(`/therapies/${(await params).slug}/`);
  return page?.type === "therapies.TherapyPage" ? page : null;
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { title, description, canonical } = (await findTherapy(props))?.meta.seo ?? {};
  return { title, description, alternates: { canonical } };
}

export default async function TherapyPage(props: Props) {
  const preview = await currentPreview();
  if (preview) return <Draft preview={preview} />;
  const therapy = await findTherapy(props);
  return therapy ? <Therapy therapy={therapy} /> : notFound();
}

async function Draft({ preview }: { preview: Preview }) {
  const [draft, bar] = await Promise.all([readDraft(preview), readUserBar(preview)]).catch((caught) => {
    if (isProblem(caught, "outdated-preview")) return [null, ""] as const;
    throw caught;
  });
  return (
    <>
      <form className="panel" action={leavePreview}>
        <p>{draft ? "You see a draft." : "This preview is over: open it again from the editor."}</p>
        <button>Leave the draft</button>
      </form>
      {draft && <Therapy therapy={draft} />}
      <UserBar html={bar} />
    </>
  );
}

async function Therapy({ therapy }: { therapy: Shapes["TherapyPage"] }) {
  const { enquiry_page } = await readSite();
  const { edit_urls } = therapy.meta; // in a preview only: what is clicked opens in the editor
  return (
    <article>
      <h1 data-edit-url={edit_urls?.["title"]}>
        {therapy.title} {therapy.abbreviation && `(${therapy.abbreviation})`}
      </h1>
      <p data-edit-url={edit_urls?.["summary"]}>{therapy.summary}</p>
      <p>
        <PageLink page={enquiry_page} />
      </p>
      {therapy.body.map((block) => (
        <div key={block.id} data-edit-url={block.edit_url}>
          <Block block={block} />
        </div>
      ))}
      <h2>Point by point</h2>
      <dl data-edit-url={edit_urls?.["facts"]}>
        {therapy.facts.map(({ dimension, answer, detail, sources }) => (
          <div key={dimension.key}>
            <dt>{dimension.question}</dt>
            <dd>
              <strong>{answer}</strong> {detail}
              {sources.map(({ citation, url }) => (
                <small key={citation}>{url ? <a href={url}>{citation}</a> : citation}</small>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <h2>What is known about it</h2>
      <ul data-edit-url={edit_urls?.["evidence"]}>
        {therapy.evidence.map(({ concern, level, note }, number) => (
          <li key={number}>
            <PageLink page={concern} />: {level.label}. {note}
          </li>
        ))}
      </ul>
    </article>
  );
}
