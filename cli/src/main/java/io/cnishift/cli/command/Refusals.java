package io.cnishift.cli.command;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Count;
import io.cnishift.api.plan.Severity;
import io.cnishift.api.port.MigrationException;
import io.cnishift.cli.page.Findings;
import io.cnishift.cli.page.Page;
import io.cnishift.cli.page.TextPages;
import io.cnishift.engine.codec.Codec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why there is no plan, and what would make one: to people on stderr, to programs on stdout. */
final class Refusals {

    private static final int FEW = 3;

    private static final String BAD_OPTION = "OPT-INVALID";

    private final Terminal terminal;
    private final OutputOptions output;
    private final Codec codec;

    Refusals(Terminal terminal, OutputOptions output, Codec codec) {
        this.terminal = Objects.requireNonNull(terminal);
        this.output = Objects.requireNonNull(output);
        this.codec = Objects.requireNonNull(codec);
    }

    /** A strategy without a plan, as published. */
    record Refused(String strategy, List<Finding> findings) {
        Refused {
            Objects.requireNonNull(strategy);
            findings = List.copyOf(findings);
        }
    }

    /** Prints. A wrong option is no matter of the cluster but a wrong call. */
    void print(String strategy, List<Finding> findings) {
        List<Finding> stopping = findings.stream().filter(Finding::stops).toList();
        if (stopping.stream().allMatch(f -> f.code().equals(BAD_OPTION))) {
            throw wrongOptions(stopping);
        }
        if (output.forPrograms()) {
            output.print(terminal, codec, Refused.class, new Refused(strategy, findings), r -> page(r.findings()));
        }
        terminal.err()
                .println("cnishift: no plan for " + strategy + ", " + standing(stopping)
                        + (output.forPrograms() ? "" : ":"));
        if (!output.forPrograms()) {
            terminal.err().print(TextPages.plain().text(page(stopping).in(terminal::commands)));
        }
        boolean blocked = stopping.stream().anyMatch(f -> f.severity() == Severity.BLOCKER);
        List<String> consents = blocked ? List.of() : consents(stopping);
        if (!consents.isEmpty()) {
            terminal.err().println("cnishift: to accept what asks for consent, add " + String.join(" ", consents));
        }
        terminal.err().flush();
    }

    /** What blocks stands against a plan; what asks for consent waits for a word. */
    private static String standing(List<Finding> stopping) {
        int consents = (int)
                stopping.stream().filter(f -> f.severity() == Severity.CONSENT).count();
        int blockers = stopping.size() - consents;
        if (blockers == 0) {
            return Count.of(consents, "finding has", "findings have") + " to be accepted first";
        }
        String against = Count.of(blockers, "finding stands", "findings stand") + " against it";
        return consents == 0 ? against : against + ", and " + Count.of(consents, "has", "have") + " to be accepted";
    }

    /** The options that accept what asks for consent among these; empty when nothing does. */
    static List<String> consents(List<Finding> stopping) {
        Map<String, List<Finding>> byCode = stopping.stream()
                .filter(f -> f.severity() == Severity.CONSENT)
                .collect(Collectors.groupingBy(Finding::code, LinkedHashMap::new, Collectors.toList()));
        return byCode.entrySet().stream()
                .flatMap(e -> accepts(e.getKey(), e.getValue()))
                .toList();
    }

    /** Each subject by itself, or the code for all of them when they are many. */
    private static Stream<String> accepts(String code, List<Finding> findings) {
        return findings.size() > FEW
                ? Stream.of("--accept " + code)
                : findings.stream().map(f -> "--accept '" + code + ":" + f.subject() + "'");
    }

    static MigrationException wrongOptions(List<Finding> options) {
        Finding first = options.get(0);
        String more = options.size() == 1 ? "" : " | and " + (options.size() - 1) + " more";
        return MigrationException.user(first.code(), first.subject() + ": " + first.message() + more, first.remedy());
    }

    private static Page page(List<Finding> findings) {
        return Page.builder().bullets(Findings.items(findings)).build();
    }
}
