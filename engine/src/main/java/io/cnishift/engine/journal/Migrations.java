package io.cnishift.engine.journal;

import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.plan.PlanFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The migrations that this machine knows: {@code STATE/cnishift/migrations/ID} with {@code plan.yaml} and
 * {@code journal.jsonl}, readable by their owner alone.
 *
 * <p>An id is the begin of the plan's digest and the time of the run's begin, so that equal runs have equal ids; a number
 * is added when that id is taken.
 */
public final class Migrations {

    private static final String PLAN = "plan.yaml";
    private static final String JOURNAL = "journal.jsonl";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DIGEST_PART = 8;

    private final Path folder;
    private final PlanFiles plans;
    private final LineForm form;

    /** The migrations under that state folder (XDG_STATE_HOME). */
    public Migrations(Path state, Codec codec) {
        this.folder = state.resolve("cnishift").resolve("migrations");
        this.plans = new PlanFiles(codec);
        this.form = new LineForm(codec);
    }

    /** The id of a run of that plan which begins at that time. */
    public static String id(StoredPlan plan, Instant begin) {
        return plan.digest().substring(0, DIGEST_PART) + "-" + STAMP.format(begin);
    }

    /** Whether that migration runs exactly that plan. */
    public boolean isOf(String id, StoredPlan plan) {
        Path file = home(id).resolve(PLAN);
        try {
            return Files.readString(file).equals(plan.text());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** A journal for a new run. Nothing is written before its first record. */
    public Journal begin(StoredPlan plan, Instant begin) {
        return begin(plan, begin, Map.of());
    }

    /** The same with files of those names and texts beside it. */
    public Journal begin(StoredPlan plan, Instant begin, Map<String, String> beside) {
        requireWritable();
        String id = free(id(plan, begin));
        Path home = folder.resolve(id);
        FileSink.Opening opening = () -> {
            OwnFiles.folder(home);
            OwnFiles.write(home.resolve(PLAN), plan.text());
            for (Map.Entry<String, String> file : beside.entrySet()) {
                OwnFiles.write(home.resolve(file.getKey()), file.getValue());
            }
            OwnFiles.write(home.resolve(JOURNAL), "");
            OwnFiles.force(home);
            return FileChannel.open(home.resolve(JOURNAL), StandardOpenOption.WRITE);
        };
        return new Journal(id, List.of(), new FileSink(home.resolve(JOURNAL), form, opening));
    }

    /** What stands in a file beside a journal; empty where there is none. */
    public Optional<String> beside(String id, String name) {
        Path file = home(id).resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Writes a file beside a journal, in the place of what stood there. */
    public void keep(String id, String name, String text) {
        Path home = home(id);
        Path fresh = home.resolve(name + ".new");
        try {
            Files.deleteIfExists(fresh);
            OwnFiles.write(fresh, text);
            Files.move(fresh, home.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unreadable(home, e);
        }
    }

    /** The journal of a run, to be read or gone on with. */
    public Journal open(String id) {
        Path file = home(id).resolve(JOURNAL);
        JournalFile journal = new JournalFile(file, form);
        JournalFile.Content content = journal.read();
        return new Journal(id, content.lines(), new FileSink(file, form, () -> journal.openBehind(content.length())));
    }

    /**
     * Takes over what the cluster knows of a migration. What this machine has of it and the cluster has not is kept where the
     * two agree; where they do not, another machine went on, and this one's journal is set aside.
     *
     * @return the name of the file that was set aside
     */
    public Optional<Path> adopt(String id, StoredPlan plan, List<JournalLine> lines) {
        requireWritable();
        Path home = folder.resolve(id);
        Path file = home.resolve(JOURNAL);
        try {
            if (Files.notExists(file)) {
                OwnFiles.folder(home);
                Files.deleteIfExists(home.resolve(PLAN));
                OwnFiles.write(home.resolve(PLAN), plan.text());
                OwnFiles.write(file, text(lines));
                OwnFiles.force(home);
                return Optional.empty();
            }
            List<String> here = bare(new JournalFile(file, form).read().lines());
            List<String> there = bare(lines);
            int both = Math.min(here.size(), there.size());
            boolean agree = here.subList(0, both).equals(there.subList(0, both));
            if (agree && here.size() >= there.size()) {
                return Optional.empty();
            }
            Path aside = home.resolve("journal-of-this-machine-" + here.size() + ".jsonl");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            OwnFiles.write(file, text(lines));
            OwnFiles.force(home);
            return agree ? Optional.empty() : Optional.of(aside);
        } catch (IOException e) {
            throw unreadable(home, e);
        }
    }

    private String text(List<JournalLine> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(new String(form.write(line), StandardCharsets.UTF_8)));
        return text.toString();
    }

    private List<String> bare(List<JournalLine> lines) {
        return lines.stream()
                .map(line -> new String(form.write(Bare.of(line)), StandardCharsets.UTF_8))
                .toList();
    }

    /** The plan of a run, as it was approved. */
    public StoredPlan plan(String id) {
        Path file = home(id).resolve(PLAN);
        try {
            return StoredPlan.read(file.toString(), Files.readAllBytes(file), plans)
                    .orElseThrow(problems -> MigrationException.user(
                            "JOURNAL-PLAN",
                            "the plan of migration " + id + " cannot be understood: " + problems.get(0),
                            "use the version of cnishift that began the migration, with the same plug-ins"));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** Ids of all migrations, by the time of their begin, oldest first. */
    public List<String> ids() {
        // a folder that nobody may look into is not one without migrations
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(folder)) {
            return homes.filter(home -> Files.exists(home.resolve(JOURNAL)))
                    .map(home -> String.valueOf(home.getFileName()))
                    .sorted(Comparator.comparing((String id) -> id.substring(id.indexOf('-') + 1))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /** The migration that began last. */
    public Optional<String> latest() {
        List<String> ids = ids();
        return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(ids.size() - 1));
    }

    private Path home(String id) {
        if (!ids().contains(id)) {
            String known =
                    ids().isEmpty() ? "this machine has none yet" : "'cnishift status --all' lists those there are";
            throw MigrationException.user(
                    "JOURNAL-UNKNOWN", "there is no migration '" + id + "' under " + folder, known);
        }
        return folder.resolve(id);
    }

    private String free(String id) {
        String free = id;
        for (int n = 2; Files.exists(folder.resolve(free)); n++) {
            free = id + String.format("-%02d", n);
        }
        return free;
    }

    /** Whether the folder can be written, or made where the nearest one above it that is there can be. */
    private void requireWritable() {
        Path there = folder.toAbsolutePath();
        while (Files.notExists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            throw new MigrationException(
                    "JOURNAL-WRITE",
                    MigrationException.Category.ENVIRONMENT,
                    Disposition.ASK,
                    "no migration can be begun: the state folder " + folder + " cannot be written: "
                            + (Files.isDirectory(there) || !Files.exists(there)
                                    ? "permission denied for " + there
                                    : there + " is a file"),
                    "give write access to it, or set XDG_STATE_HOME to another folder",
                    null);
        }
    }

    private static MigrationException unreadable(Path path, IOException e) {
        return new MigrationException(
                "JOURNAL-READ",
                MigrationException.Category.ENVIRONMENT,
                Disposition.ASK,
                path + " cannot be read: " + reason(e),
                "give read access to it, or bring it back from a backup",
                e);
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException known && known.getReason() != null
                ? known.getReason()
                : String.valueOf(e.getMessage());
    }
}
