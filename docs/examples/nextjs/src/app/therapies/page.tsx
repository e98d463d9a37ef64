import type { Metadata } from "next";
import { listTherapies } from "../../practice";

export const metadata: Metadata = { title: "Therapies" };

export default async function TherapiesPage() {
  return (
    <>
      <h1>Therapies</h1>
      {(await listTherapies()).map(({ id, title, summary, slug }) => (
        <section key={id} className="panel">
          <h2>
            <a href={`/therapies/${slug}/`}>{title}</a>
          </h2>
          <p>{summary}</p>
        </section>
      ))}
    </>
  );
}
