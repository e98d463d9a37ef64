// Swagger UI on the page of the API's description. Nothing leaves this site: no validator, no other addresses.

const place = document.querySelector("#api-docs");

window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.openapi,
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
});
