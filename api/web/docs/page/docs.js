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

// Swagger UI is dark by a class, the rest of the page by what the reader's system says.
const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow);
follow();
