"use client";

export default function ErrorPage({ reset }: { reset: () => void }) {
  return (
    <>
      <h1>We cannot show this page at the moment</h1>
      <p>Please try again soon. If a life is in danger, call 999.</p>
      <button onClick={reset}>Try again</button>
    </>
  );
}
