package io.cnishift.strategy.newcluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.CreateTemplateVersion;
import io.cnishift.api.cluster.Taint;
import io.cnishift.api.port.Progress;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What the user data of nodes of the second cluster has to say. */
final class JoiningVersionTest {

    private static final Map<String, String> LABELS = Map.of("tier", "web");
    private static final List<Taint> TAINTS = List.of(new Taint("node.cilium.io/agent-not-ready", "true", "NoExecute"));

    private static CreateTemplateVersion act(Optional<String> image) {
        MakeGroup.Template template = new MakeGroup.Template("lt-1", 3, image, OptionalInt.of(58));
        MakeGroup group = new MakeGroup(
                "workers", "shop", "shop-green", Optional.of(template), LABELS, TAINTS, List.of(), 1, 2, 1, false);
        return new JoiningVersion(group, progress()).act();
    }

    /** Of a step of which only its name matters here. */
    private static Progress progress() {
        return (Progress) Proxy.newProxyInstance(
                Progress.class.getClassLoader(),
                new Class<?>[] {Progress.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "migration" -> "m1";
                    case "step" -> "make-group-workers";
                    case "tags" -> Map.of();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void besideAnImageThatIsNamedFirstItSaysLabelsAndTaints() {
        CreateTemplateVersion act = act(Optional.of("ami-1"));
        assertThat(act.labels()).isEqualTo(LABELS);
        assertThat(act.taints()).isEqualTo(TAINTS);
    }

    @Test
    void wordsOfTheSourceBesideAnImageOfItsOwnStay() {
        CreateTemplateVersion act = act(Optional.empty());
        assertThat(act.labels()).isEmpty();
        assertThat(act.taints()).isEmpty();
    }
}
