package io.cnishift.engine.journal;

import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Problem;
import io.cnishift.engine.plan.PlanFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The migrations that a cluster knows of itself, in kube-system: plan and progress in ConfigMaps, without contents of objects,
 * and the backups in Secrets. They are what another machine goes on from, and stay when the migration is over.
 */
public final class ClusterJournals {

    private static final ObjectRef INDEX = ObjectRef.of("v1", "ConfigMap", "kube-system", "cnishift-migrations");

    private final KubernetesPort port;
    private final LineForm form;
    private final PlanFiles plans;

    /** The migrations of the cluster behind that port. */
    public ClusterJournals(KubernetesPort port, Codec codec) {
        this.port = Objects.requireNonNull(port);
        this.form = new LineForm(codec);
        this.plans = new PlanFiles(codec);
    }

    /** Ids of all migrations, by the time of their begin, oldest first. */
    public List<String> ids() {
        Map<String, String> begun = Tree.strings(port.before(new DeleteObject(INDEX, Optional.empty())), "data");
        return begun.entrySet().stream()
                .sorted(Map.Entry.<String, String>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The migration that began last. */
    public Optional<String> latest() {
        return ids().stream().reduce((earlier, later) -> later);
    }

    /** The plan of a migration, as it was approved. */
    public StoredPlan plan(String id) {
        Chunks chunks = chunks(Chunks.Kind.CONFIG_MAP, id, "plan");
        String text = chunks.read().batches().stream().map(Chunks.Batch::text).collect(Collectors.joining());
        if (text.isEmpty()) {
            throw unknown(id);
        }
        return StoredPlan.read("the plan of migration " + id, text.getBytes(StandardCharsets.UTF_8), plans)
                .orElseThrow(
                        problems -> chunks.damaged("its plan", problems.get(0).toString()));
    }

    /** The journal as far as it was copied, without contents of objects: to be looked at by who may read ConfigMaps. */
    public Journal progress(String id) {
        return new Journal(id, progressLines(id).lines(), new MemorySink());
    }

    /** All lines with their backups, to go on from. */
    public List<JournalLine> lines(String id) {
        Map<Long, JournalLine> whole = new HashMap<>();
        Chunks chunks = chunks(Chunks.Kind.SECRET, id, "backup");
        for (Chunks.Batch batch : chunks.read().batches()) {
            parsed(chunks, batch).forEach(line -> whole.put(line.seq(), line));
        }
        List<JournalLine> lines = new ArrayList<>();
        for (JournalLine bare : progressLines(id).lines()) {
            if (Bare.hides(bare) && !whole.containsKey(bare.seq())) {
                throw chunks.damaged("record " + bare.seq(), "its backup is not there");
            }
            lines.add(whole.getOrDefault(bare.seq(), bare));
        }
        return lines;
    }

    /**
     * Makes a journal go to the cluster too.
     *
     * @param journal which must no longer be used itself
     */
    public Journal copying(Journal journal, StoredPlan plan) {
        String id = journal.migration();
        Chunks progress = chunks(Chunks.Kind.CONFIG_MAP, id, "journal");
        Chunks backups = chunks(Chunks.Kind.SECRET, id, "backup");
        Read there = progressLines(id);
        List<Supplier<Optional<String>>> first = new ArrayList<>();
        if (there.lines().isEmpty()) {
            Chunks kept = chunks(Chunks.Kind.CONFIG_MAP, id, "plan");
            new Chunks.Cursor(0)
                    .pieces(1, plan.text().getBytes(StandardCharsets.UTF_8))
                    .forEach(piece -> first.add(() -> kept.write(piece)));
            first.add(() -> listed(id));
        }
        long copied = there.lines().size();
        CopyingSink.Stand stand =
                new CopyingSink.Stand(there.chunks(), backups.read().chunks(), copied);
        return journal.through(sink -> {
            CopyingSink copying = new CopyingSink(sink, form, progress, backups, stand, first);
            copying.missed(
                    journal.lines().stream().filter(l -> l.seq() > copied).toList());
            return copying;
        });
    }

    private Optional<String> listed(String id) {
        String begun = id.substring(id.indexOf('-') + 1);
        return new Filled(port, INDEX, Map.of("app.kubernetes.io/managed-by", "cnishift"))
                .with(Map.of("data", Map.of(id, begun)));
    }

    private record Read(int chunks, List<JournalLine> lines) {}

    private Read progressLines(String id) {
        Chunks chunks = chunks(Chunks.Kind.CONFIG_MAP, id, "journal");
        Chunks.Content content = chunks.read();
        List<JournalLine> lines = new ArrayList<>();
        for (Chunks.Batch batch : content.batches()) {
            for (JournalLine line : parsed(chunks, batch)) {
                if (line.seq() != lines.size() + 1L) {
                    throw chunks.damaged(batch.where(), "record " + line.seq() + " follows record " + lines.size());
                }
                lines.add(line);
            }
        }
        return new Read(content.chunks(), lines);
    }

    private List<JournalLine> parsed(Chunks chunks, Chunks.Batch batch) {
        List<String> texts = batch.text().lines().toList();
        List<JournalLine> lines = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            String where = batch.where() + ", line " + (i + 1);
            LineForm.damage(texts.get(i)).ifPresent(why -> {
                throw chunks.damaged(where, why);
            });
            lines.add(form.read(texts.get(i), where)
                    .orElseThrow(problems -> chunks.damaged(
                            where, problems.stream().map(Problem::message).collect(Collectors.joining(", ")))));
        }
        return lines;
    }

    private Chunks chunks(Chunks.Kind kind, String id, String what) {
        return new Chunks(port, kind, id, what);
    }

    private MigrationException unknown(String id) {
        String known = latest().map(last -> "the latest is " + last).orElse("the cluster knows of none");
        return MigrationException.user("JOURNAL-UNKNOWN", "the cluster knows of no migration '" + id + "'", known);
    }
}
