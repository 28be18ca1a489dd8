package io.cnishift.it.front;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.kubernetes.ApiServerPort;
import io.cnishift.adapters.kubernetes.KubeResource;
import io.cnishift.adapters.kubernetes.KubernetesSide;
import io.cnishift.adapters.reach.RealReach;
import io.cnishift.adapters.resilience.CallMetrics;
import io.cnishift.adapters.resilience.Limits;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.act.Act;
import io.cnishift.api.act.CordonNode;
import io.cnishift.api.act.DeleteObject;
import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.Node;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Pod;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.Answer.Verdict;
import io.cnishift.api.port.KubernetesPort;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.Question.From;
import io.cnishift.api.port.Question.Protocol;
import io.cnishift.api.port.Question.To;
import io.cnishift.api.port.Reading;
import io.cnishift.api.port.TimeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pods that ask, in a cluster that schedules and runs them. Its containers do not end by themselves, so what comes out of a
 * question is no matter here; where the pods get to is.
 */
final class FrontReachIT {
    private static final String IMAGE = "registry.k8s.io/e2e-test-images/agnhost:2.53";

    @TempDir
    private Path folder;

    private Fronted fronted;
    private KubernetesSide side;
    private ApiServerPort port;

    /** Nodes on which pods that ask were running, with what they are in the question. */
    private final Set<String> seen = new TreeSet<>();

    private Runnable meanwhile = () -> {};

    @BeforeEach
    void open() {
        fronted = new Fronted("minnie-wallace", folder);
        side = new KubernetesSide(
                ConnectionSettings.builder()
                        .withKubeconfig(Optional.of(fronted.kubeconfig()))
                        .build(),
                new Passing(),
                new Limits(Map.of(), 100_000),
                new CallMetrics());
        port = side.port(() -> {});
    }

    @AfterEach
    void close() {
        side.close();
        fronted.close();
    }

    /** Waiting lets the cluster go on; then somebody looks around. */
    private final class Passing implements TimeSource {
        @Override
        public Instant now() {
            return fronted.control().now();
        }

        @Override
        public void await(Instant until) {
            fronted.control().runUntil(until);
            running()
                    .forEach(pod -> seen.add(Tree.text(pod, "metadata", "labels", "cnishift.io/probe")
                                    .orElse("")
                            + " on " + Tree.text(pod, "spec", "nodeName").orElse("")));
            meanwhile.run();
        }
    }

    private List<Map<String, Object>> asking() {
        return side.api().list(KubeResource.core("pods"), "cnishift.io/probe", Stream::of);
    }

    private List<Map<String, Object>> running() {
        return asking().stream()
                .filter(pod -> Tree.text(pod, "status", "phase").equals(Optional.of("Running")))
                .toList();
    }

    private Stream<Pod> pods() {
        return port.read(Set.of(Part.PODS)).resources().stream().map(Pod.class::cast);
    }

    private List<Node> nodes() {
        return port.read(Set.of(Part.NODES)).resources().stream()
                .map(Node.class::cast)
                .filter(Node::ready)
                .toList();
    }

    private RealReach reach(KubernetesPort by) {
        return RealReach.of(side, by, IMAGE, new Environment(Map.of()), new Passing());
    }

    private static Question between(Node from, Node to) {
        return Question.of(From.POD_ON, from.name(), To.POD_ON, to.name(), Protocol.TCP, 80);
    }

    private static Question dns(Node from) {
        return Question.of(From.POD_ON, from.name(), To.DNS, "kubernetes.default.svc.cluster.local", Protocol.UDP, 53);
    }

    @Test
    void podsAskFromTheirNodesAreSeenByNobodyAndGo() {
        Set<String> read = new TreeSet<>();
        meanwhile = () -> pods().map(Pod::name)
                .filter(name -> name.startsWith("cnishift-probe"))
                .forEach(read::add);
        Node from = nodes().get(0);
        Node to = nodes().get(1);
        try (RealReach reach = reach(port)) {
            Answer answer = reach.ask(between(from, to));
            assertThat(answer.verdict()).as(answer.evidence()).isEqualTo(Verdict.UNKNOWN);
        }
        fronted.advance("10s");
        assertThat(seen).containsExactly("origin on " + from.name(), "target on " + to.name());
        assertThat(read).isEmpty();
        assertThat(asking()).isEmpty();
    }

    @Test
    void aCordonKeepsNoPodFromAsking() {
        Node from = nodes().get(0);
        assertThat(port.perform(new CordonNode(from.name(), from.uid())).done()).isTrue();
        fronted.advance("5s");
        try (RealReach reach = reach(port)) {
            reach.ask(dns(from));
        }
        assertThat(seen).containsExactly("origin on " + from.name());
    }

    @Test
    void aNodeThatIsNotThereIsUnknown() {
        try (RealReach reach = reach(port)) {
            Answer answer = reach.ask(Question.of(From.POD_ON, "no-node", To.INTERNET, "", Protocol.TCP, 443));
            assertThat(answer.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(answer.evidence()).isEqualTo("there is no no-node among the nodes");
        }
    }

    @Test
    void whatADeadProcessLeftIsRemovedByTheNextButNotWhatALivingOneUses() {
        Node node = nodes().get(0);
        try (RealReach dies = reach(new NeverDeletes())) {
            dies.ask(dns(node));
        }
        assertThat(asking()).hasSize(1);
        try (RealReach next = reach(port)) {
            next.ask(dns(node));
        }
        fronted.advance("5s");
        assertThat(asking()).as("it may be of another machine").hasSize(1);
        fronted.control().runUntil(fronted.control().now().plus(Duration.ofMinutes(3)));
        try (RealReach next = reach(port)) {
            next.ask(dns(node));
        }
        fronted.advance("10s");
        assertThat(asking()).isEmpty();
    }

    @Test
    void theRunnerReachesTheFront() {
        try (RealReach reach = reach(port)) {
            Question question = Question.of(From.RUNNER, "", To.API_SERVER, "", Protocol.TCP, 443);
            assertThat(reach.ask(question).verdict()).isEqualTo(Verdict.REACHED);
        }
    }

    /** The port of a process that ends before it has removed anything. */
    private final class NeverDeletes implements KubernetesPort {
        @Override
        public Reading read(Set<Part> parts) {
            return port.read(parts);
        }

        @Override
        public Set<Part> watch(Set<Part> parts, Consumer<Change> sink) {
            return port.watch(parts, sink);
        }

        @Override
        public Map<String, Object> before(Act act) {
            return port.before(act);
        }

        @Override
        public ActResult perform(Act act) {
            if (act instanceof DeleteObject) {
                throw MigrationException.user("GONE", "the process ended", "");
            }
            return port.perform(act);
        }
    }
}
