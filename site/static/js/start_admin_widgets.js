/*
 * Starts the admin's panels and pickers from marks in the page, where Wagtail would use inline
 * scripts: the content security policy forbids those. Marks also arrive later, with each new row.
 *
 * A mark: <template data-starts="InlinePanel" data-options="{…}" [data-field="id of the input"]>
 */

const panel = (name) => (options) => new window[name](options);
const chooser = (name) => (options, field) => new window[name](field, options);
const picker = (name) => (options, field) => window[name](field, options);

/** The button beside the words of a promoted result: it offers words that visitors search for. */
function chooseQuery({ url }, field) {
  const choose = () =>
    window.ModalWorkflow({
      url,
      onload: window.QUERY_CHOOSER_MODAL_ONLOAD_HANDLERS,
      responses: {
        queryChosen: ({ querystring }) => {
          document.getElementById(field).value = querystring;
        },
      },
    });
  document.getElementById(`${field}-chooser`).addEventListener("click", choose);
}

const STARTERS = {
  InlinePanel: panel("InlinePanel"),
  MultipleChooserPanel: panel("MultipleChooserPanel"),
  Chooser: chooser("Chooser"),
  DocumentChooser: chooser("DocumentChooser"),
  ImageChooser: chooser("ImageChooser"),
  PageChooser: chooser("PageChooser"),
  QueryChooser: chooseQuery,
  SnippetChooser: chooser("SnippetChooser"),
  createTaskChooser: (_options, field) => window.createTaskChooser(field),
  initDateChooser: picker("initDateChooser"),
  initDateTimeChooser: picker("initDateTimeChooser"),
  initTimeChooser: picker("initTimeChooser"),
};

function start(mark) {
  const { starts, options, field } = mark.dataset;
  mark.remove();
  STARTERS[starts](JSON.parse(options), field);
}

function startWithin(element) {
  if (element.matches("template[data-starts]")) {
    start(element);
    return;
  }
  element.querySelectorAll("template[data-starts]").forEach(start);
}

/** Leave a date as it was typed: the picker would put today in place of any that it does not read, such as 31/12/2027. */
function leaveTypedDates() {
  const pickers = window.jQuery?.fn.datetimepicker;
  if (pickers) pickers.defaults.validateOnBlur = false;
}

document.addEventListener("DOMContentLoaded", () => {
  leaveTypedDates();
  startWithin(document.body);
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (node instanceof Element) startWithin(node);
      }
    }
  }).observe(document.body, { childList: true, subtree: true });
});
