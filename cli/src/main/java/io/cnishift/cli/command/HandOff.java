package io.cnishift.cli.command;

import io.cnishift.api.MigrationPlan;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.plan.Disposition;
import io.cnishift.api.port.MigrationException;
import io.cnishift.engine.journal.RunOutcome;
import io.cnishift.engine.owner.Ask;
import io.cnishift.engine.owner.Language;
import io.cnishift.engine.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder that is handed to the owners of things: a file for each owner and phase with what must change, and a README with
 * the order. A folder that holds anything else is left alone; one of an earlier plan is written anew.
 */
final class HandOff {

    private static final String INDEX = "README.md";
    private static final String MARK = "<!-- written by cnishift plan --hand-off -->";
    private static final String PLACEHOLDER = "MIGRATION";
    private static final Pattern LINK = Pattern.compile("\\]\\(([a-z0-9.-]+\\.(md|yaml))\\)");

    private final Path folder;

    HandOff(Path folder) {
        this.folder = Objects.requireNonNull(folder);
    }

    /** Refuses a folder with files that it did not write, before anything is planned. */
    void requireOurs() {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw MigrationException.user(
                    "CLI-HAND-OFF",
                    folder + " is a file, and --hand-off writes several into a folder",
                    "name a folder, new or empty, with --hand-off");
        }
        List<String> strange = found();
        strange.removeAll(written());
        if (!strange.isEmpty()) {
            throw MigrationException.user(
                    "CLI-HAND-OFF",
                    "folder " + folder + " holds files that cnishift did not write: " + strange.get(0),
                    "choose a new folder with --hand-off, or empty that one");
        }
    }

    /** Writes the sheets; the number of them. */
    int write(MigrationPlan plan, String digest, List<HandOffTape.Sheet> sheets, RunReport rehearsed) {
        Map<String, String> files = new LinkedHashMap<>();
        // the rehearsal's id, which the run will not have
        String id = rehearsed.migrationId();
        sheets.forEach(sheet -> {
            files.put(name(sheet), page(sheet).replace(id, PLACEHOLDER));
            sheet.items()
                    .forEach(item -> file(sheet, item)
                            .ifPresent(file -> files.put(file, item.ask().text() + "\n")));
        });
        try {
            Files.createDirectories(folder);
            for (String old : written()) {
                Files.deleteIfExists(folder.resolve(old));
            }
        } catch (IOException e) {
            throw cannot(e);
        }
        String index = index(plan, digest, sheets, rehearsed);
        // first, so that a folder that is half written is known again
        write(INDEX, index);
        files.forEach(this::write);
        return sheets.size();
    }

    private void write(String name, String text) {
        OutFile.write(folder.resolve(name), "--hand-off", text);
    }

    private List<String> found() {
        if (!Files.exists(folder)) {
            return new ArrayList<>();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().collect(Collectors.toCollection(ArrayList::new));
        } catch (IOException e) {
            throw cannot(e);
        }
    }

    /** The files that an index of ours names, and the index; none when there is no such index. */
    private List<String> written() {
        Path index = folder.resolve(INDEX);
        if (!Files.isRegularFile(index)) {
            return List.of();
        }
        try {
            String text = Files.readString(index);
            List<String> names = new ArrayList<>();
            if (text.startsWith(MARK)) {
                names.add(INDEX);
                LINK.matcher(text).results().map(link -> link.group(1)).forEach(names::add);
            }
            return names;
        } catch (IOException e) {
            throw cannot(e);
        }
    }

    private MigrationException cannot(IOException e) {
        return new MigrationException(
                "CLI-CANNOT-WRITE",
                MigrationException.Category.ENVIRONMENT,
                Disposition.ASK,
                "folder " + folder + " cannot be written: " + OutFile.reason(e),
                "choose another one with --hand-off",
                e);
    }

    private static String name(HandOffTape.Sheet sheet) {
        String owner = owner(sheet).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return owner.replaceAll("^-|-$", "") + "." + sheet.phase() + ".md";
    }

    /** What nobody is known to own is changed by hand, by whoever runs the migration. */
    private static String owner(HandOffTape.Sheet sheet) {
        return sheet.owner().equals(Owner.NONE) ? "by hand" : sheet.owner().toString();
    }

    /** The name of the file that an item is for itself. */
    private static Optional<String> file(HandOffTape.Sheet sheet, HandOffTape.Item item) {
        return item.ask().file().map(file -> sheet.phase() + "." + file);
    }

    private static String index(
            MigrationPlan plan, String digest, List<HandOffTape.Sheet> sheets, RunReport rehearsed) {
        StringBuilder text = new StringBuilder(MARK).append("\n\n# What owners change for ");
        text.append(plan.strategy())
                .append(" on ")
                .append(plan.cluster().name())
                .append("\n\n");
        text.append("Plan ")
                .append(digest)
                .append(". A run asks for each change when its phase comes, and waits until it is")
                .append(" seen in the cluster; nothing of it may be made earlier. ")
                .append(PLACEHOLDER)
                .append(" stands for the id that the run gets: 'cnishift status' shows it, and each change with it.\n");
        List<String> said = sheets.stream()
                .flatMap(sheet -> sheet.items().stream())
                .map(item -> item.ask().text())
                .toList();
        if (said.stream().anyMatch(Invented::standsIn)) {
            text.append(
                            "\nARN-OF-GROUP stands for the ARN of that target group, HOST-OF-KIND-NAMESPACE-NAME for the name of")
                    .append(" the load balancer in the status of that object in the second cluster.\n");
        }
        if (said.stream().anyMatch(line -> line.contains("SECOND_CONTEXT"))) {
            text.append("\nSECOND_CONTEXT is to name the kubeconfig context of the second cluster.\n");
        }
        if (rehearsed.outcome() != RunOutcome.SUCCEEDED) {
            text.append("\nThe rehearsal that this comes from ended ")
                    .append(rehearsed.outcome())
                    .append(", so what comes later is missing: ")
                    .append(rehearsed.reason())
                    .append(".\n");
        }
        plan.phases().stream()
                .filter(phase -> plan.holds().contains(phase.id()))
                .forEach(phase -> text.append("\nThe run stops before phase ")
                        .append(phase.id())
                        .append(", until 'cnishift resume --past ")
                        .append(phase.id())
                        .append("'")
                        .append(phase.steps().stream()
                                .findFirst()
                                .map(first -> ": " + first.why())
                                .orElse(""))
                        .append(".\n"));
        text.append(
                sheets.isEmpty()
                        ? "\nNo change is left to owners.\n"
                        : "\n| phase | owner | changes | file |\n|---|---|---|---|\n");
        sheets.forEach(sheet -> text.append("| ")
                .append(sheet.phase())
                .append(" | ")
                .append(owner(sheet))
                .append(" | ")
                .append(sheet.items().size())
                .append(" | ")
                .append(link(name(sheet)))
                .append(sheet.items().stream()
                        .flatMap(item -> file(sheet, item).stream())
                        .map(file -> ", " + link(file))
                        .collect(Collectors.joining()))
                .append(" |\n"));
        return text.toString();
    }

    private static String link(String file) {
        return "[" + file + "](" + file + ")";
    }

    private static String page(HandOffTape.Sheet sheet) {
        StringBuilder text =
                new StringBuilder("# ").append(owner(sheet)).append(", phase ").append(sheet.phase());
        text.append("\n");
        for (HandOffTape.Item item : sheet.items()) {
            Ask ask = item.ask();
            text.append("\n## ")
                    .append(ask.target())
                    .append(" (")
                    .append(ask.language())
                    .append(")\n\n");
            text.append("Step ")
                    .append(item.step())
                    .append(": ")
                    .append(item.why())
                    .append(".\n\n");
            text.append("Where: ").append(where(sheet, item)).append(".\n\n");
            text.append(block(fence(ask.language()), ask.text()));
            ask.rendered()
                    .ifPresent(object -> text.append("\nWith them the object has to be rendered with:\n\n")
                            .append(block("yaml", object)));
        }
        return text.toString();
    }

    private static String block(String language, String text) {
        return "```" + language + "\n" + text + "\n```\n";
    }

    /** A file of its own has the phase in its name here. */
    private static String where(HandOffTape.Sheet sheet, HandOffTape.Item item) {
        String where = item.ask().where();
        return file(sheet, item)
                .map(file -> where.replace("-f " + item.ask().file().orElseThrow(), "-f " + file))
                .orElse(where);
    }

    private static String fence(Language language) {
        return switch (language) {
            case HELM_VALUES, KUSTOMIZE -> "yaml";
            case COMMAND -> "sh";
            case TERRAFORM, CLOUDFORMATION, EKSCTL -> "";
        };
    }
}
