package io.cnishift.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.Finding;
import io.cnishift.api.plan.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FindingsTest {

    @Test
    void showsOneByOneWhatAFewFindingsSay() {
        assertThat(Findings.items(many(3, "gone")))
                .hasSize(3)
                .first()
                .asString()
                .contains("Deployment/shop/a1: gone");
    }

    @Test
    void foldsWhatMoreOfThemSay() {
        List<Finding> all = new ArrayList<>(many(6, "gone"));
        all.add(finding("OVL-OTHER", "x", "gone"));
        assertThat(Findings.items(all))
                .containsExactly(
                        "consent OVL-EMPTYDIR-DATA, Deployment/shop/a1, Deployment/shop/a2, Deployment/shop/a3 and 3 more:"
                                + " gone\n-> accept it",
                        "consent OVL-OTHER, x: gone\n-> accept it");
    }

    @Test
    void tellsWhatIsSaidOfManyOnce() {
        List<Finding> all = new ArrayList<>(many(2, "gone"));
        all.add(finding("OVL-OTHER", "x", "gone"));
        assertThat(Findings.told(all))
                .containsExactly(
                        "gone (OVL-EMPTYDIR-DATA, Deployment/shop/a1, Deployment/shop/a2)", "gone (OVL-OTHER, x)");
        assertThat(Findings.told(many(5, "gone"))).singleElement().asString().endsWith("a3 and 2 more)");
    }

    @Test
    void foldsMessagesThatDifferInNumbersAndSaysSo() {
        List<Finding> all = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            all.add(finding("OVL-MAX-PODS", "g" + i, "admits " + i * 10 + " pods"));
        }
        assertThat(Findings.items(all)).singleElement().asString().contains("g1, g2, g3 and 2 more", "admits 10 pods");
        assertThat(Findings.items(all).get(0)).contains("of which the first");
        all.add(finding("OVL-MAX-PODS", "g6", "admits none"));
        assertThat(Findings.items(all)).hasSize(2);
    }

    private static List<Finding> many(int count, String message) {
        List<Finding> all = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            all.add(finding("OVL-EMPTYDIR-DATA", "Deployment/shop/a" + i, message));
        }
        return all;
    }

    private static Finding finding(String code, String subject, String message) {
        return Finding.of(code, Severity.CONSENT, subject, message, "accept it", "");
    }
}
