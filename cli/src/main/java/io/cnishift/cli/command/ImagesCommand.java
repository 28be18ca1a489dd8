package io.cnishift.cli.command;

import io.cnishift.adapters.helm.ChartArchive;
import io.cnishift.adapters.reach.RealReach;
import io.cnishift.api.plan.Supplied;
import io.cnishift.api.plan.Supplies;
import io.cnishift.api.port.MigrationException;
import io.cnishift.cli.input.Settings;
import io.cnishift.cli.page.Page;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Style;
import io.cnishift.engine.plan.LoadedStrategy;
import io.cnishift.engine.plan.OptionForm;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.report.ExitCode;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists what has to be copied for clusters that reach no chart repository and no public registry. */
@Command(
        name = "images",
        description =
                "Lists the charts and images that a strategy brings, with their digests, to be copied where clusters reach"
                        + " nothing outside.")
final class ImagesCommand implements Callable<Integer> {

    private static final String REGISTRY = "[A-Za-z0-9][A-Za-z0-9.:-]*(/[a-z0-9._-]+)*";

    private final Provider<StrategyBook> book;
    private final Provider<OptionForm> form;
    private final Provider<Codec> codec;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private StrategyOptions options;

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--strategy",
            paramLabel = "ID",
            description =
                    "The strategy; its options decide, such as ciliumVersion and hubble (default: ${DEFAULT-VALUE}).")
    private String strategy = "overlay";

    @Option(
            names = "--registry",
            paramLabel = "HOST/PREFIX",
            description = "Where copies are to be: names them there, and prints the chart values that point to them.")
    private @Nullable String registry;

    @Option(
            names = "--chart",
            paramLabel = "PATH",
            description = "A chart archive at hand: its digest is printed, and compared with the one that is known.")
    private @Nullable Path chart;

    @Inject
    ImagesCommand(Provider<StrategyBook> book, Provider<OptionForm> form, Provider<Codec> codec) {
        this.book = book;
        this.form = form;
        this.codec = codec;
    }

    @Override
    public Integer call() {
        Path folder = root.terminal().folder();
        Supplies supplies = supplies(folder);
        Supplies result = Optional.ofNullable(chart)
                .map(path -> with(supplies, path.toString(), ChartArchive.read(folder.resolve(path))))
                .orElse(supplies);
        output.print(root.terminal(), codec.get(), Supplies.class, result, this::page);
        return ExitCode.OK.number();
    }

    private Supplies supplies(Path folder) {
        if (registry != null && !registry.matches(REGISTRY)) {
            throw MigrationException.user(
                    "CLI-USAGE",
                    "--registry " + registry + " is no host with a path",
                    "write HOST/PREFIX, without a scheme and without a slash at the end");
        }
        LoadedStrategy loaded = book.get().require(strategy);
        if (!(loaded.strategy() instanceof Supplied supplied)) {
            throw MigrationException.user(
                    "CLI-USAGE",
                    "the strategy " + strategy + " brings no charts and no images of its own",
                    "name overlay, eni or chaining");
        }
        Map<String, Object> given = options.options(
                        book.get(), Settings.of(folder, codec.get()), Optional.of(strategy), codec.get(), folder)
                .getOrDefault(strategy, Map.of());
        Record decoded = form.get()
                .<Record>decode(recordOf(loaded), given, "options of " + strategy)
                .orElseThrow(problems -> MigrationException.user(
                        "CLI-USAGE",
                        "option " + problems.get(0).path() + " of " + strategy + ": "
                                + problems.get(0).message(),
                        problems.get(0).remedy()));
        return probed(supplied.supplies(decoded, options.values(codec.get(), folder), Optional.ofNullable(registry)));
    }

    /** With what the probes of any run are made of. */
    private Supplies probed(Supplies of) {
        String image = RealReach.PROBE_IMAGE;
        List<Supplies.Image> images = new ArrayList<>(of.images());
        images.add(new Supplies.Image(
                image,
                Optional.of(RealReach.PROBE_IMAGE_DIGEST),
                "pods that ask the network of a real cluster (--probe-image)",
                Optional.ofNullable(registry).map(r -> r + image.substring(image.lastIndexOf('/')))));
        return new Supplies(of.charts(), images, of.values());
    }

    @SuppressWarnings("unchecked")
    private static Class<Record> recordOf(LoadedStrategy loaded) {
        return (Class<Record>) loaded.strategy().descriptor().options();
    }

    /** With the chart at hand in the place of the one of that name and version. */
    private static Supplies with(Supplies supplies, String path, ChartArchive archive) {
        if (supplies.charts().stream().noneMatch(c -> takes(c, archive))) {
            String wanted = supplies.charts().stream()
                    .map(c -> (c.name() + " " + c.version()).strip())
                    .collect(Collectors.joining(" or "));
            throw MigrationException.user(
                    "HELM-CHART",
                    path + " is " + archive.name() + " " + archive.version() + ", and the options want "
                            + (wanted.isEmpty() ? "no chart" : wanted),
                    "set ciliumVersion to the chart's version, or name another chart");
        }
        List<Supplies.Chart> charts = supplies.charts().stream()
                .map(c -> takes(c, archive) ? at(c, path, archive) : c)
                .toList();
        return new Supplies(charts, supplies.images(), supplies.values());
    }

    private static boolean takes(Supplies.Chart wanted, ChartArchive archive) {
        return archive.name().equals(wanted.name())
                && (wanted.version().isEmpty() || archive.version().equals(wanted.version()));
    }

    private static Supplies.Chart at(Supplies.Chart wanted, String path, ChartArchive archive) {
        if (wanted.digest().isPresent()
                && archive.digest().isPresent()
                && !wanted.digest().equals(archive.digest())) {
            throw MigrationException.user(
                    "HELM-CHART",
                    path + " has " + archive.digest().get() + ", and the published chart "
                            + wanted.digest().get(),
                    "fetch the chart again, or find out who changed it");
        }
        return new Supplies.Chart(
                wanted.name(), archive.version(), path, archive.digest().or(wanted::digest), wanted.copy());
    }

    private Page page(Supplies supplies) {
        // Lines to be copied, and read by scripts: a table would break them.
        Page.Builder page = Page.builder();
        if (!supplies.charts().isEmpty()) {
            page.heading("Charts").verbatim(lines(supplies.charts(), ImagesCommand::line));
        }
        page.heading("Images").verbatim(lines(supplies.images(), ImagesCommand::line));
        if (registry != null) {
            page.heading("Copies")
                    .verbatim(lines(
                            supplies.charts(),
                            c -> c.reference() + " " + c.copy().orElse("")))
                    .verbatim(lines(
                            supplies.images(), i -> i.image() + " " + i.copy().orElse("")))
                    .heading("Chart values")
                    .verbatim(codec.get().text(Object.class, supplies.values(), Format.YAML, Style.RESULT))
                    .sentence("A plan gets them with --set imageRegistry=" + registry + ".");
        }
        return page.build();
    }

    private static String line(Supplies.Chart chart) {
        return chart.version().isEmpty()
                ? chart.name() + " " + chart.reference()
                        + " # in the version of the cluster's release, and only where it has one; digest not known here"
                : chart.name() + " " + chart.version() + " " + chart.reference() + " "
                        + chart.digest().orElse("# digest not known here");
    }

    private static String line(Supplies.Image image) {
        boolean tagged = image.image().lastIndexOf(':') > image.image().lastIndexOf('/');
        return image.digest()
                .map(digest -> image.image() + "@" + digest + " # " + image.use())
                .orElse(image.image() + " # " + image.use() + "; " + (tagged ? "digest" : "tag and digest")
                        + " not known here, the chart's values have it");
    }

    private static <T> String lines(List<T> items, Function<T, String> line) {
        return items.stream().map(line).collect(Collectors.joining("\n"));
    }
}
