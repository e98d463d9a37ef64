import type { Shapes } from "therapy-practice-client";
import { NavLink } from "./addresses";
import { RichText } from "./rich-text";

export function Block({ block }: { block: Shapes["TherapyStoryBlock"] }) {
  switch (block.type) {
    case "heading":
      return <h2>{block.value}</h2>;
    case "paragraph":
      return <RichText html={block.value} />;
    case "quote":
      return <blockquote>{[block.value.quote, block.value.attribution].filter(Boolean).join(" – ")}</blockquote>;
    case "callout":
    case "care_card":
    case "invitation":
      return (
        <section className="panel">
          <h2>{block.value.heading}</h2>
          <RichText html={block.value.text} />
          {"link" in block.value && <NavLink link={block.value.link} />}
        </section>
      );
    case "questions":
      return block.value.questions.map(({ question, answer }) => (
        <details key={question}>
          <summary>{question}</summary>
          <RichText html={answer} />
        </details>
      ));
    case "steps":
      return (
        <section>
          <h2>{block.value.heading}</h2>
          <ol>
            {block.value.steps.map(({ title, text }) => (
              <li key={title}>
                <strong>{title}</strong> {text}
              </li>
            ))}
          </ol>
        </section>
      );
    case "figure":
      return block.value.image && <Picture {...block.value.image} />;
    case "comparison":
      return <RichText html={block.value.overall} />;
    default:
      block satisfies never;
      return null; // a type that was added since this was built
  }
}

function Picture({ formats, srcset, src, alt, width, height }: Shapes["Picture"]) {
  return (
    <picture>
      {formats.map((type) => (
        <source key={type} type={type} srcSet={srcset["figure"]?.[type]} sizes="(min-width: 46rem) 42rem, 100vw" />
      ))}
      <img src={src} alt={alt} width={width} height={height} loading="lazy" />
    </picture>
  );
}
