import "./site.css";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { NavLink } from "../parts/addresses";
import { readSite } from "../practice";

export async function generateMetadata(): Promise<Metadata> {
  const { name } = await readSite();
  return { title: { default: name, template: `%s – ${name}` } };
}

export default async function Layout({ children }: { children: ReactNode }) {
  const { name, locale, navigation, quick_exit_url, crisis_help } = await readSite();
  return (
    <html lang={locale}>
      <body>
        <a className="skip" href="#main" children="Skip to the main part" />
        <header>
          <a href="/">{name}</a>
          <nav aria-label="Main">
            {navigation.header.map((link, number) => (
              <NavLink key={number} link={link} />
            ))}
          </nav>
          <a href={quick_exit_url} rel="noreferrer" children="Leave this site now" />
        </header>
        <main id="main" tabIndex={-1} children={children} />
        <footer className="panel">
          <h2>{crisis_help.heading}</h2>
          <p>{crisis_help.introduction}</p>
          {crisis_help.help_lines.map(({ name, phone, what_for, hours }) => (
            <p key={name}>
              <strong>{name}</strong> {phone && <a href={`tel:${phone.replaceAll(" ", "")}`}>{phone}</a>} {what_for} {hours}
            </p>
          ))}
        </footer>
      </body>
    </html>
  );
}
