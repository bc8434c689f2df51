using System.Net.Mime;
using Scalar.AspNetCore;

namespace DarkPool.Host.Http;

/// <summary>What people look at: the venue's page and the browsable description of the API, all out of the program itself.</summary>
internal static class PageEndpoints
{
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; " +
        "base-uri 'none'; form-action 'none'";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", context => SendAsync(context, "index.html", MediaTypeNames.Text.Html)).ExcludeFromDescription();
        routes.MapGet("/venue.js", context => SendAsync(context, "venue.js", MediaTypeNames.Text.JavaScript)).ExcludeFromDescription();
        routes.MapOpenApi("/openapi/{documentName}.json");
        routes.MapScalarApiReference("/scalar", options =>
        {
            options.Title = "DarkPool API";
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.HideClientButton = true;
            options.DisableAgent();
        });
    }

    private static async Task SendAsync(HttpContext context, string name, string type)
    {
        await using var page = typeof(PageEndpoints).Assembly.GetManifestResourceStream($"DarkPool.Host.Pages.{name}")
            ?? throw new InvalidOperationException($"The page {name} is not in the program.");
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        context.Response.ContentType = $"{type}; charset=utf-8";
        context.Response.ContentLength = page.Length;
        await page.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
