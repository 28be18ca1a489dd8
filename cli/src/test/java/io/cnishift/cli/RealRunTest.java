package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.Guice;
import com.google.inject.util.Modules;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.act.PatchObject;
import io.cnishift.api.act.PatchType;
import io.cnishift.api.cluster.ClusterSnapshot;
import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.CallFigures;
import io.cnishift.api.port.World;
import io.cnishift.api.port.WorldFactory;
import io.cnishift.cli.command.Signals;
import io.cnishift.cli.command.Terminal;
import io.cnishift.cli.run.Site;
import io.cnishift.engine.codec.Codec;
import io.cnishift.engine.codec.Format;
import io.cnishift.engine.codec.Style;
import io.cnishift.engine.lock.LeaseLock;
import io.cnishift.engine.lock.LockHolder;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.scenario.Scenarios;
import io.cnishift.simulator.world.Simulation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs on a cluster that is opened as a real one is, under its Lease and with a copy of the journal in it. What stands behind
 * its ports is the simulator.
 */
final class RealRunTest {

    private static final String PLACE = "eks:clean-cluster";

    private final Codec codec = Codec.builder().build();
    private final ClusterSnapshot snapshot = renamed(new Scenarios(codec).snapshot("clean-cluster"));
    private final Simulation simulation = Simulation.open(snapshot, new WorldFactory.Settings(1, Map.of()));
    private final World world = simulation.world();
    private final List<String> openedFor = new ArrayList<>();
    private final List<ConnectionSettings> reached = new ArrayList<>();

    private static final List<CallFigures> REQUESTS =
            List.of(new CallFigures("ec2:DescribeVpcs", 4, 1, 0, Duration.ofMillis(700), Duration.ofMillis(250)));

    @TempDir
    private Path folder;

    private static ClusterSnapshot renamed(ClusterSnapshot scenario) {
        return ClusterSnapshot.of(
                PLACE, scenario.takenAt(), scenario.resources().toList(), scenario.unknown());
    }

    @BeforeEach
    void plan() throws IOException {
        Files.writeString(
                folder.resolve("mine.yaml"), codec.text(ClusterSnapshot.class, snapshot, Format.YAML, Style.DOCUMENT));
        Run planned = here("plan", "--cluster", "mine.yaml", "--strategy", "overlay", "--out", "plan.yaml");
        assertThat(planned.err()).isEmpty();
        assertThat(planned.code()).isZero();
    }

    private Run here(String... arguments) {
        return on("here", arguments);
    }

    private Run on(String machine, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new PrintWriter(out),
                new PrintWriter(err),
                new BufferedReader(new StringReader("")),
                false,
                Map.of("XDG_STATE_HOME", folder.resolve(machine).toString(), "USER", "mia", "HOSTNAME", machine),
                folder,
                Signals.NONE);
        Site site = (target, migration) -> {
            migration.ifPresent(openedFor::add);
            reached.add(target.settings());
            return new Site.Opened(world.counting(() -> REQUESTS), () -> {});
        };
        int code = Main.run(
                terminal,
                () -> Guice.createInjector(Modules.override(Wiring.modules(terminal))
                        .with(binder -> binder.bind(Site.class).toInstance(site))),
                arguments);
        return new Run(code, out.toString(), err.toString());
    }

    private boolean exists(String kind, String name) {
        return simulation
                .kernel()
                .objects()
                .get(new ObjectKey(kind, "kube-system", name))
                .isPresent();
    }

    private String migration() throws IOException {
        try (var homes = Files.list(folder.resolve("here/cnishift/migrations"))) {
            return homes.findFirst().orElseThrow().getFileName().toString();
        }
    }

    @Test
    void isReachedAsTheLastTimeUnlessAnotherWayIsSaid() throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kube.yaml"), "");
        here(
                "apply",
                "plan.yaml",
                "--yes",
                "--until",
                "preflight",
                "--profile",
                "ops",
                "--kubeconfig",
                "kube.yaml",
                "--context",
                "prod");
        here("resume", "--nodes", "0");
        ConnectionSettings again = reached.get(reached.size() - 1);
        assertThat(again.profile()).contains("ops");
        assertThat(again.kubeconfig()).contains(kubeconfig);
        assertThat(again.context()).contains("prod");

        here("rollback", "--dry-run", "--role-arn", "arn:aws:iam::111122223333:role/net");
        ConnectionSettings other = reached.get(reached.size() - 1);
        assertThat(other.roleArn()).contains("arn:aws:iam::111122223333:role/net");
        assertThat(other.profile()).as("of another identity").isEmpty();
        assertThat(other.kubeconfig()).contains(kubeconfig);

        Files.delete(kubeconfig);
        Run gone = here("rollback", "--dry-run");
        assertThat(gone.err())
                .contains("was last worked on with the kubeconfig " + kubeconfig, "give --kubeconfig FILE");
        assertThat(gone.code()).isEqualTo(2);
    }

    @Test
    void isAppliedAsFarAsAskedAndGoneOnWithFromAnotherMachine() throws IOException {
        Run applied = here("apply", "plan.yaml", "--yes", "--until", "install");
        assertThat(applied.err()).contains("the cluster is parked", "go on with 'cnishift resume");
        assertThat(applied.code()).isEqualTo(5);
        String id = migration();
        assertThat(openedFor).as("by which AWS tells its requests").containsExactly(id);
        assertThat(exists("Lease", "cnishift")).isFalse();
        assertThat(exists("ConfigMap", "cnishift-" + id + "-plan-001")).isTrue();
        assertThat(exists("ConfigMap", "cnishift-" + id + "-journal-001")).isTrue();
        assertThat(exists("Secret", "cnishift-" + id + "-backup-001")).isTrue();

        Run fromTheCluster = on("there", "status", "--cluster", PLACE, "-o", "json");
        assertThat(fromTheCluster.code()).isZero();
        assertThat(fromTheCluster.out()).isEqualTo(here("status", "-o", "json").out());

        Run resumed = on("there", "resume", "--cluster", PLACE, "--past", "remove-vpc-cni", "-o", "json");
        assertThat(resumed.err()).contains("resuming migration " + id);
        assertThat(openedFor).containsOnly(id).hasSize(2);
        assertThat(resumed.code()).isZero();
        assertThat(exists("DaemonSet", "aws-node")).isFalse();

        Run again = here("resume", id);
        assertThat(again.err()).contains("has ended: succeeded");
        assertThat(here("status", "-o", "json").out()).contains("\"outcome\": \"succeeded\"");
    }

    @Test
    void noOtherRunBeginsBesideOneThatHasNotEndedFromWhicheverMachine() throws IOException {
        here("apply", "plan.yaml", "--yes", "--until", "install");
        String id = migration();
        for (String machine : List.of("here", "there")) {
            Run refused = on(machine, "apply", "plan.yaml", "--yes");
            assertThat(refused.err())
                    .as(machine)
                    .contains("CLI-UNFINISHED", "migration " + id + " of " + PLACE, "'cnishift resume " + id + "'");
            assertThat(refused.code()).isEqualTo(2);
        }
        assertThat(on("there", "rollback", "--cluster", PLACE, "--yes").code()).isZero();
        assertThat(on("elsewhere", "apply", "plan.yaml", "--yes", "--until", "preflight")
                        .code())
                .isEqualTo(5);
    }

    @Test
    void aClusterThatIsNamedIsReachedAsTheLastTimeToo() {
        here("apply", "plan.yaml", "--yes", "--until", "preflight", "--profile", "ops", "--region", "eu-west-9");
        for (List<String> command :
                List.of(List.of("status"), List.of("resume", "--nodes", "0"), List.of("unlock"), List.of("verify"))) {
            here(Stream.concat(command.stream(), Stream.of("--cluster", PLACE)).toArray(String[]::new));
            ConnectionSettings again = reached.get(reached.size() - 1);
            assertThat(again.profile()).as(command.toString()).contains("ops");
            assertThat(again.region()).as(command.toString()).contains("eu-west-9");
        }
    }

    @Test
    void tellsWhatItsRequestsCameTo() {
        Run applied = here("apply", "plan.yaml", "--yes", "--until", "preflight", "-o", "json");
        assertThat(applied.out())
                .contains(
                        "\"operation\": \"ec2:DescribeVpcs\",\n      \"calls\": 4,\n      \"retries\": 1,",
                        "\"longestSeconds\": 0.25");
    }

    @Test
    void whatIsMadeHasTheTagsThatTheUserGaveAlsoByTheNextProcess() throws IOException {
        Run begun = here("apply", "plan.yaml", "--yes", "--until", "install", "--tag", "change=CHG 12");
        assertThat(begun.code()).as(begun.err()).isEqualTo(5);
        assertThat(here("resume", "--until", "roll").code()).isEqualTo(5);
        NodeGroup made = world.aws().read(Set.of(Part.NODE_GROUPS)).resources().stream()
                .map(NodeGroup.class::cast)
                .filter(group -> group.tags().containsKey("cnishift.io/migration"))
                .findFirst()
                .orElseThrow();
        assertThat(made.tags()).containsEntry("change", "CHG 12").containsEntry("cnishift.io/migration", migration());
    }

    @Test
    void isTakenBackFromAnotherMachine() {
        assertThat(here("apply", "plan.yaml", "--yes", "--until", "fence").code())
                .isEqualTo(5);
        Run back = on("there", "rollback", "--cluster", PLACE, "--yes");
        assertThat(back.err()).contains("rolling back migration");
        assertThat(back.code()).isZero();
    }

    @Test
    void aSecondRunnerIsRefusedByTheNameOfTheFirstUntilItsLockIsTakenAway() {
        LockHolder jo =
                new LockHolder("jo, process 7", "desk", "apply", world.time().now());
        LeaseLock.of(world.kubernetes(), world.time()).acquire(jo);

        Run refused = here("apply", "plan.yaml", "--yes");
        assertThat(refused.err()).contains("LOCK-HELD", "jo, process 7 on desk (apply)");
        assertThat(refused.code()).isEqualTo(2);
        Run asked = here("unlock", "--cluster", PLACE);
        assertThat(asked.err()).contains("held by jo, process 7 on desk", "--yes");
        assertThat(exists("Lease", "cnishift")).isTrue();
        assertThat(here("unlock", "--cluster", PLACE, "--yes").code()).isZero();
        assertThat(exists("Lease", "cnishift")).isFalse();
        assertThat(here("unlock", "--cluster", PLACE).err()).contains("nobody holds the lock");
    }

    @Test
    void isAskedWhatItWouldSayAndNothingIsWritten() {
        long before = simulation.kernel().objects().resourceVersion();
        Run asked = here("apply", "plan.yaml", "--dry-run=server");
        assertThat(asked.out()).containsPattern("DaemonSet kube-system/aws-node +accepted");
        assertThat(asked.err())
                .contains("no act was refused, of ", " nothing can be said beforehand; nothing was changed");
        assertThat(asked.code()).isZero();
        assertThat(simulation.kernel().objects().resourceVersion()).isEqualTo(before);
        assertThat(openedFor).isEmpty();
        assertThat(folder.resolve("here")).doesNotExist();
    }

    @Test
    void saysWhichActItsAdmissionWouldRefuse() {
        world.kubernetes().perform(new ApplyObject(guardOfNodes()));
        Run refused = here("apply", "plan.yaml", "--dry-run=server", "--until", "fence", "-o", "json");
        assertThat(refused.err())
                .contains(
                        "acts of 1 step would be refused, of 1 act nothing can be said beforehand; nothing was changed");
        assertThat(refused.out())
                .contains("\"verdict\": \"refused\",\n        \"reason\": \"ADMISSION\"", "failed calling webhook");
        assertThat(refused.code()).isEqualTo(3);
    }

    private static Map<String, Object> guardOfNodes() {
        return Map.of(
                "apiVersion",
                "admissionregistration.k8s.io/v1",
                "kind",
                "ValidatingWebhookConfiguration",
                "metadata",
                Map.of("name", "guard"),
                "webhooks",
                List.of(Map.of(
                        "name",
                        "guard.example.com",
                        "failurePolicy",
                        "Fail",
                        "clientConfig",
                        Map.of("service", Map.of("namespace", "default", "name", "gone")),
                        "rules",
                        List.of(Map.of(
                                "operations",
                                List.of("UPDATE"),
                                "apiGroups",
                                List.of(""),
                                "apiVersions",
                                List.of("v1"),
                                "resources",
                                List.of("nodes"))))));
    }

    @Test
    void isVerifiedAsItIs() {
        Run fresh = here("verify", "--cluster", PLACE);
        assertThat(fresh.out()).contains("Verification: passed.", "NODES-READY");
        assertThat(fresh.code()).isZero();
        world.kubernetes()
                .perform(new PatchObject(
                        ObjectRef.of("apps/v1", "Deployment", "kube-system", "coredns"),
                        PatchType.MERGE,
                        Map.of("spec", Map.of("replicas", 0)),
                        Optional.empty()));
        world.time().await(world.time().now().plusSeconds(60));
        Run broken = here("verify", "--cluster", PLACE, "-o", "json");
        assertThat(broken.out()).contains("\"outcome\": \"failed\"", "DNS-READY");
        assertThat(broken.code()).isEqualTo(4);
    }

    @Test
    void anotherClusterOfTheSameNameIsRefusedBeforeAnythingIsWritten() throws IOException {
        String text = Files.readString(folder.resolve("mine.yaml"));
        String uid = snapshot.cluster().kubeSystemUid();
        Files.writeString(folder.resolve("mine.yaml"), text.replace(uid, "00000000-another"));
        assertThat(here("plan", "--cluster", "mine.yaml", "--strategy", "overlay", "--out", "other.yaml")
                        .code())
                .isZero();
        String before = simulation.kernel().objects().resourceVersion() + "";

        Run refused = here("apply", "other.yaml", "--yes");

        assertThat(refused.err()).contains("RUN-WRONG-TARGET", "UID of kube-system");
        assertThat(simulation.kernel().objects().resourceVersion() + "").isEqualTo(before);
    }

    @Test
    void aDamagedCopyIsRefusedWhereThereIsNoOtherJournal() throws IOException {
        assertThat(here("apply", "plan.yaml", "--yes", "--until", "fence").code())
                .isEqualTo(5);
        String id = migration();
        String name = "cnishift-" + id + "-journal-001";
        String key = Tree.strings(
                        simulation
                                .kernel()
                                .objects()
                                .get(new ObjectKey("ConfigMap", "kube-system", name))
                                .orElseThrow(),
                        "binaryData")
                .keySet()
                .iterator()
                .next();
        world.kubernetes()
                .perform(new PatchObject(
                        ObjectRef.of("v1", "ConfigMap", "kube-system", name),
                        PatchType.MERGE,
                        Map.of("binaryData", Map.of(key, "AAAA")),
                        Optional.empty()));

        Run refused = on("there", "resume", "--cluster", PLACE);
        assertThat(refused.err()).contains("JOURNAL-COPY-CORRUPT", name + ", key " + key, "cnishift resume " + id);
        assertThat(refused.code()).isEqualTo(2);
        Run here = here("resume", id, "--until", "install");
        assertThat(here.err()).contains("the journal of this machine counts");
        assertThat(here.code()).isEqualTo(5);
    }
}
