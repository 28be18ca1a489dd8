package io.cnishift.cli.page;

import io.cnishift.cli.explain.CodeBook;
import java.util.Collection;
import java.util.List;

/** Codes with their meanings. */
public final class CodesPage {

    private CodesPage() {}

    /** One code in full. */
    public static Page of(CodeBook.Explanation explanation) {
        return Page.builder()
                .heading(explanation.code())
                .sentence(explanation.meaning())
                .sentence("Reported by " + explanation.reportedBy() + ".")
                .build();
    }

    /** All codes. */
    public static Page of(Collection<CodeBook.Explanation> all) {
        Page.Builder page = Page.builder();
        List<String> reporters = all.stream()
                .map(CodeBook.Explanation::reportedBy)
                .distinct()
                .sorted()
                .toList();
        for (String by : reporters) {
            Table.Builder table = Table.of("code", "meaning");
            all.stream().filter(e -> e.reportedBy().equals(by)).forEach(e -> table.row(e.code(), e.meaning()));
            page.table("Codes of " + by, table.build());
        }
        return page.build();
    }
}
