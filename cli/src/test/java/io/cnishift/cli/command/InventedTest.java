package io.cnishift.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.ViewFeed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class InventedTest {

    private static final String LOOKUP =
            "\"$(aws elbv2 describe-target-groups --names ours --query 'TargetGroups[0].TargetGroupArn' --output text)\"";

    private final ViewFeed feed = new ViewFeed();
    private final Invented invented;

    InventedTest() {
        put("ours", Map.of("cnishift.io/migration", "m1"));
        put("theirs", Map.of());
        invented = Invented.in(feed.view());
    }

    private void put(String name, Map<String, String> tags) {
        feed.apply(Change.of(
                new TargetGroup("arn:" + name, name, "ip", "HTTP", 80, 15, 2, 300, List.of(), Optional.empty(), tags)));
    }

    @Test
    void isLookedUpInAndOutsideOfQuotes() {
        assertThat(invented.inCommand("a --b arn:ours --c '{\"it'\\''s\":\"arn:ours\"}'"))
                .isEqualTo("a --b " + LOOKUP + " --c '{\"it'\\''s\":\"'" + LOOKUP + "'\"}'");
    }

    @Test
    void isAWordWhereNoShellReads() {
        String text = invented.inText("targetGroupARN: arn:ours");

        assertThat(text).isEqualTo("targetGroupARN: ARN-OF-ours");
        assertThat(Invented.standsIn(text)).isTrue();
    }

    @Test
    void whatWasThereBeforeKeepsItsName() {
        assertThat(invented.inCommand("a 'arn:theirs'")).isEqualTo("a 'arn:theirs'");
    }
}
