// Shows the OpenAPI document. Nothing is asked of another server, and no token is kept.
window.SwaggerUIBundle({
  url: "/docs/openapi.json",
  domNode: document.getElementById("operations"),
  layout: "BaseLayout",
  deepLinking: true,
  docExpansion: "none",
  defaultModelsExpandDepth: 0,
  filter: true,
  persistAuthorization: false,
  showMutatedRequest: false,
  syntaxHighlight: { activated: true },
  validatorUrl: null,
});
