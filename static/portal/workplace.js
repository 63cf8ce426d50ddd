// Suggests workplaces while the reader types (templates/components/workplace_search.html). Without it, or when an answer
// does not come, the form and its Search button work as they are.
const FEWEST_LETTERS = 3;
const PAUSE_MS = 250;

function enhance(group) {
  const plain = group.querySelector("input");
  const form = plain.form;
  const holder = group.querySelector("[data-workplace-box]");
  const said = [...group.querySelectorAll(".govuk-hint, .govuk-error-message")].map((each) => each.textContent.trim());
  let pause;
  let asking;
  let state = "waiting";

  async function ask(typed, show) {
    const mine = new AbortController();
    asking = mine;
    try {
      const address = `${group.dataset.source}?${new URLSearchParams({ q: typed })}`;
      const response = await fetch(address, { signal: mine.signal, headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(`Answered with ${response.status}`);
      const { results } = await response.json();
      // An answer that comes after a newer question was asked is not shown.
      if (asking !== mine) return;
      state = "answered";
      show(results);
    } catch {
      if (asking !== mine) return;
      state = "failed";
      show([]);
    }
  }

  function suggest(typed, show) {
    clearTimeout(pause);
    asking?.abort();
    asking = undefined;
    state = "waiting";
    show([]);
    pause = setTimeout(() => ask(typed.trim(), show), PAUSE_MS);
  }

  function choose(workplace) {
    if (!workplace?.reference) return;
    if (group.dataset.go === "page") {
      window.location.assign(`${group.dataset.page}${encodeURIComponent(workplace.reference)}/`);
      return;
    }
    const answer = document.createElement("input");
    answer.type = "hidden";
    answer.name = group.dataset.answerName;
    answer.value = workplace.reference;
    form.append(answer);
    form.requestSubmit();
  }

  const typedBefore = plain.value;
  plain.remove();
  window.accessibleAutocomplete({
    element: holder,
    id: plain.id,
    name: plain.name,
    defaultValue: typedBefore,
    inputClasses: "govuk-input",
    minLength: FEWEST_LETTERS,
    autoselect: false,
    confirmOnBlur: false,
    displayMenu: "overlay",
    source: suggest,
    onConfirm: choose,
    templates: { inputValue: nameOf, suggestion: asHtml },
    tNoResults: () =>
      ({
        waiting: "Looking…",
        answered: "Nothing found. Choose Search to see the nearest.",
        failed: "Suggestions do not work just now. Choose Search instead.",
      })[state],
    tAssistiveHint: () => `${said.join(" ")} When there are suggestions, use the up and down arrows and Enter.`,
  });
  holder.addEventListener(
    "keydown",
    (event) => {
      // Enter with no suggestion chosen searches, as it does without JavaScript.
      const input = event.target;
      if (event.key === "Enter" && input.matches("input") && !input.getAttribute("aria-activedescendant")) {
        event.preventDefault();
        event.stopPropagation();
        form.requestSubmit();
      }
    },
    true,
  );
}

function nameOf(workplace) {
  return typeof workplace === "string" ? workplace : (workplace?.name ?? "");
}

// The library takes markup, so every word goes through the DOM's own escaping.
function asHtml(workplace) {
  if (typeof workplace === "string") return escaped("span", workplace);
  const place = [workplace.place, workplace.number, workplace.was && `Was ${workplace.was}`].filter(Boolean).join(". ");
  return escaped("strong", workplace.name) + escaped("small", place, "portal-as-of portal-suggestion__place");
}

function escaped(tag, text, classes = "") {
  const element = document.createElement(tag);
  element.textContent = text;
  if (classes) element.className = classes;
  return element.outerHTML;
}

if (window.accessibleAutocomplete) {
  document.querySelectorAll("[data-workplace-search]").forEach(enhance);
}
