package io.cnishift.simulator.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.SuspendProcesses;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Style;
import io.cnishift.simulator.kit.Clusters;
import io.cnishift.simulator.world.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** AWS, reach and time of a simulated cluster as a client of the control endpoint finds them. */
final class RemotePortsTest {
    private static final Instant START = Clusters.TAKEN_AT;

    private final Simulation simulation = Simulation.open(Clusters.healthy(), new WorldFactory.Settings(1, Map.of()));
    private final Turns turns = new Turns(simulation.kernel(), () -> {});
    private final Control control =
            new Control(simulation.kernel(), turns, new RemotePorts(simulation.world()), "let-me");
    private final Codec codec = Codec.builder().build();

    private Reply call(String method, String path, Map<String, String> query, String body) {
        return control.answer(
                new ApiCall(method, List.of("cnishift", path), query, Map.of("authorization", "Bearer let-me"), body));
    }

    private Reply act(String path, Act act) {
        return call("POST", path, Map.of(), codec.text(Act.class, act, Format.JSON_LINE, Style.DOCUMENT));
    }

    private Map<String, Object> await(Instant until) {
        return call("POST", "clock", Map.of("await", until.toString()), "").body();
    }

    private NodeGroup group() {
        return simulation.kernel().snapshot().nodeGroups().get(0);
    }

    private Act suspended() {
        return new SuspendProcesses(group().name(), List.of("AZRebalance"));
    }

    @Test
    void performsAnActOfAwsAndTellsWhatStoodThere() {
        assertThat(act("before", suspended()).body().toString()).doesNotContain("AZRebalance");
        Reply done = act("perform", suspended());
        assertThat(done.code()).isEqualTo(200);
        assertThat(done.body()).containsEntry("kind", "performed");
        assertThat(act("before", suspended()).body().toString()).contains("AZRebalance");
        Reply read = call("POST", "read", Map.of("parts", "node-groups,subnets"), "");
        assertThat(Tree.maps(read.body(), "there"))
                .extracting(r -> r.get("type"))
                .contains("NodeGroup", "Subnet");
        assertThat(read.body().toString()).contains("AZRebalance");
    }

    @Test
    void awaitsUntilWhatIsWatchedChanges() {
        call("POST", "watch", Map.of("parts", "node-groups"), "");
        Instant later = START.plus(Duration.ofMinutes(2));
        simulation.kernel().clock().after(Duration.ofSeconds(40), () -> act("perform", suspended()));
        Map<String, Object> changed = await(later);
        assertThat(changed).containsEntry("now", START.plusSeconds(40).toString());
        assertThat(Tree.maps(changed, "changes", "there"))
                .extracting(c -> c.get("type"))
                .containsOnly("NodeGroup");
        Map<String, Object> over = await(later);
        assertThat(over).containsEntry("now", later.toString());
        assertThat(over).containsEntry("changes", Map.of());
    }

    @Test
    void whoWatchesAnewHearsNothingOfWhatWasForTheOneBefore() {
        call("POST", "watch", Map.of("parts", "node-groups"), "");
        act("perform", suspended());
        call("POST", "watch", Map.of("parts", "node-groups"), "");
        assertThat(await(START.plusSeconds(1))).containsEntry("changes", Map.of());
    }

    @Test
    void asksWhoReachesWhomAndSaysWhatTheWorldSaw() {
        Question question =
                Question.of(Question.From.RUNNER, "", Question.To.API_SERVER, "", Question.Protocol.TCP, 443);
        Reply answer =
                call("POST", "ask", Map.of(), codec.text(Question.class, question, Format.JSON_LINE, Style.DOCUMENT));
        assertThat(answer.body()).containsKeys("verdict", "evidence", "at");
        assertThat(call("GET", "world", Map.of(), "").body())
                .isEqualTo(Map.of("violations", List.of(), "notModelled", List.of(), "injected", List.of()));
    }

    @Test
    void leavesKubernetesToItsApiAndNamesWhatItDoesNotUnderstand() {
        Reply cordon = act("perform", new CordonNode("node-1", "uid"));
        assertThat(cordon.code()).isEqualTo(400);
        assertThat(cordon.body().toString()).contains("goes to the Kubernetes API", "Node node-1");
        assertThat(call("POST", "read", Map.of("parts", "houses"), "").body().toString())
                .contains("'houses' is no part of a cluster");
        assertThat(call("POST", "perform", Map.of(), "{\"kind\":\"dance\"}").code())
                .isEqualTo(400);
        assertThat(call("POST", "clock", Map.of("await", "soon"), "").body().toString())
                .contains("await=soon is no time");
        assertThat(call("POST", "walk", Map.of(), "").code()).isEqualTo(404);
    }
}
