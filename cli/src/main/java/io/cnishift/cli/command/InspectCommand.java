package io.cnishift.cli.command;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.Part;
import io.cnishift.cli.input.ClusterReads;
import io.cnishift.cli.input.Place;
import io.cnishift.cli.input.Settings;
import io.cnishift.cli.page.InspectPage;
import io.cnishift.cli.redact.Redaction;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.inspect.Inspection;
import io.cnishift.engine.inspect.Inspector;
import io.cnishift.engine.plan.StrategyBook;
import io.cnishift.engine.snapshot.SnapshotFiles;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Reads a cluster and shows what it is like. */
@Command(name = "inspect", description = "Reads the cluster and shows it with findings and owners.")
final class InspectCommand implements Callable<Integer> {

    private final Provider<ClusterReads> reads;
    private final Provider<Codec> codec;
    private final Provider<Marks> marks;
    private final Provider<StrategyBook> book;

    @ParentCommand
    private Cnishift root;

    @Mixin
    private TargetOptions target;

    @Mixin
    private OutputOptions output;

    @Mixin
    private FailOn failOn;

    @Option(names = "--out", paramLabel = "FILE", description = "Save the snapshot, for every other command.")
    private @Nullable String out;

    @Option(
            names = "--strategy",
            paramLabel = "ID",
            description =
                    "Read also what only this strategy needs: to move to a second cluster, the names of all objects, and"
                            + " DNS records.")
    private @Nullable String strategy;

    @Option(
            names = "--redact",
            description =
                    "Replace names, ARNs, accounts, ids and addresses, so that the snapshot can be shown to others.")
    private boolean redact;

    @Inject
    InspectCommand(
            Provider<ClusterReads> reads, Provider<Codec> codec, Provider<Marks> marks, Provider<StrategyBook> book) {
        this.reads = reads;
        this.codec = codec;
        this.marks = marks;
        this.book = book;
    }

    @Override
    public Integer call() {
        Terminal terminal = root.terminal();
        Place place = target.place(terminal.folder());
        target.requireReal(place);
        Set<Part> parts = parts();
        ClusterSnapshot read = reads.get().snapshot(place, target.connection().settings(terminal.folder()), parts);
        ClusterSnapshot snapshot = redact ? Redaction.of(read, codec.get()) : read;
        Inspection inspected = Inspector.inspect(snapshot);
        List<Finding> findings =
                marks.get().suppress(inspected.findings(), Settings.of(terminal.folder(), codec.get()));
        Inspection inspection = new Inspection(snapshot, findings);
        if (out != null) {
            save(snapshot, terminal.folder().resolve(out));
            terminal.err().println("cnishift: snapshot saved to " + out);
            terminal.err().flush();
        }
        boolean more = !Part.ofOneCluster().containsAll(parts);
        if (strategy != null && !more) {
            new Steady(terminal, root.verbose()).say(strategy + " needs nothing that is not read anyway");
        }
        output.print(terminal, codec.get(), Inspection.class, inspection, i -> InspectPage.of(i, more));
        return failOn.code(findings.stream());
    }

    private Set<Part> parts() {
        return strategy == null
                ? Part.ofOneCluster()
                : book.get().require(strategy).parts();
    }

    private void save(ClusterSnapshot snapshot, Path file) {
        Format format = file.toString().endsWith(".json") ? Format.JSON : Format.YAML;
        OutFile.write(file, stream -> new SnapshotFiles(codec.get()).write(snapshot, format, stream));
    }
}
