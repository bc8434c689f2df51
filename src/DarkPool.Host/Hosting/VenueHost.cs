using DarkPool.Chain.Publication;
using DarkPool.Host.Enclaves;
using DarkPool.Host.Http;
using DarkPool.Host.Publication;
using DarkPool.Host.Reports;
using DarkPool.Host.Requests;
using DarkPool.Host.Sequencing;
using DarkPool.Host.Store;
using DarkPool.Host.Telemetry;
using DarkPool.Host.Venue;
using OpenTelemetry.Metrics;

namespace DarkPool.Host.Hosting;

/// <summary>Puts the host together and runs it.</summary>
internal static class VenueHost
{
    /// <summary>Connections besides those of report streams.</summary>
    private const int OtherConnections = 8_192;

    /// <summary>Runs until the process is asked to stop or a fault ends it.</summary>
    internal static async Task<ExitCode> RunAsync(HostSettings settings)
    {
        await using var app = Build(settings);
        try
        {
            await app.StartAsync();
        }
        catch (IOException e)
        {
            throw new HostFailure(ExitCode.Misconfigured, $"cannot listen on {settings.Urls}: {e.Message}", e);
        }

        foreach (var address in app.Urls) Console.WriteLine($"listening {address}");
        await app.WaitForShutdownAsync();
        if (app.Services.GetRequiredService<HostExit>().Failure is { } failure) throw failure;
        return ExitCode.Stopped;
    }

    /// <summary>Builds the host without starting it.</summary>
    /// <param name="settings">What the operator set.</param>
    /// <param name="adjust">Replaces services, such as the clock.</param>
    internal static WebApplication Build(HostSettings settings, Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "DarkPool.Host" });
        builder.WebHost.UseKestrelCore().UseUrls(settings.Urls).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = ClientLimits.BodyBytes;
            kestrel.Limits.MaxConcurrentConnections = settings.Clients.Streams + OtherConnections;
        });
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        // Below warnings the framework logs the target of each request, and with it attach tokens.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Marten", LogLevel.Warning);
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning);
        AddServices(builder.Services, settings);
        adjust?.Invoke(builder.Services);
        var app = builder.Build();
        Connect(app.Services);
        Map(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, HostSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(VenueIdentity.Load(settings.GenesisFile));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<HostExit>();
        services.AddSingleton<HostMetrics>();
        services.AddSingleton<Availability>();
        services.AddSingleton(provider => new Intake(
            settings.Clients.IntakeBytes,
            settings.Blocks,
            provider.GetRequiredService<Availability>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DepositOffers>();
        services.AddSingleton<BlockCompletion>();
        services.AddSingleton<VenueFacts>();
        services.AddSingleton<StoreSlot>();
        services.AddSingleton<EnclaveSlot>();
        services.AddSingleton<EnclaveConnector>();
        services.AddSingleton<StreamDirectory>();
        services.AddSingleton(PublisherAccount.Load(settings));
        services.AddSingleton<PublicationPart>();
        services.AddSingleton<VenueParts>();
        services.AddRequests();
        services.AddHostedService<VenueService>();
        services.AddHostedService<ReportPacer>();
        services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.DrainTime);
        services.AddRouting();
        services.AddRateLimiter(options => RateLimits.Configure(options, settings.Clients));
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, VenueJson.Default));
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "DarkPool";
            document.Info.Version = "v1";
            document.Info.Description = "A confidential venue. docs/PROTOCOL.md has the formats of envelopes, frames, blocks and receipts.";
            return Task.CompletedTask;
        }));
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(HostMetrics.MeterName, PublisherMetrics.MeterName)
            .AddAspNetCoreInstrumentation()
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());
    }

    /// <summary>Ties together what must not wait for the first request.</summary>
    private static void Connect(IServiceProvider services)
    {
        var availability = services.GetRequiredService<Availability>();
        var intake = services.GetRequiredService<Intake>();
        var streams = services.GetRequiredService<StreamDirectory>();
        var facts = services.GetRequiredService<VenueFacts>();
        services.GetRequiredService<HostMetrics>().Observe(
            () => intake.Bytes, () => (long)(facts.View.Last?.Number ?? 0), streams.Count, () => availability.IsReady);
        services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(() =>
        {
            availability.Add(Hindrance.Draining);
            streams.EndAll();
        });
    }

    private static void Map(WebApplication app)
    {
        app.UseMiddleware<FaultBoundary>();
        app.UseRouting();
        app.UseRateLimiter();
        SubmissionEndpoints.Map(app);
        ReportEndpoints.Map(app);
        LogEndpoints.Map(app);
        VenueEndpoints.Map(app);
        ProbeEndpoints.Map(app);
        PageEndpoints.Map(app);
        app.MapPrometheusScrapingEndpoint("/metrics");
    }
}
