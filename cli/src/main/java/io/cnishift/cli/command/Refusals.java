package io.cnishift.cli.command;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Severity;
import io.cnishift.cli.page.Findings;
import io.cnishift.cli.page.Page;
import io.cnishift.cli.page.TextPages;
import java.util.List;
import java.util.stream.Collectors;

/** Says on stderr why there is no plan, and what would make one. */
final class Refusals {

    private Refusals() {}

    static void print(Terminal terminal, String strategy, List<Finding> findings) {
        List<Finding> stopping = findings.stream().filter(Finding::stops).toList();
        Page page = Page.builder().bullets(Findings.items(stopping)).build();
        terminal.err()
                .println("cnishift: no plan for " + strategy + ", " + stopping.size() + " finding"
                        + (stopping.size() == 1 ? " stands" : "s stand") + " against it:");
        terminal.err().print(TextPages.plain().text(page));
        String consents = stopping.stream()
                .filter(f -> f.severity() == Severity.CONSENT)
                .map(f -> "--accept '" + f.code() + ":" + f.subject() + "'")
                .collect(Collectors.joining(" "));
        if (!consents.isEmpty()) {
            terminal.err().println("cnishift: to accept what asks for consent, add " + consents);
        }
        terminal.err().flush();
    }
}
