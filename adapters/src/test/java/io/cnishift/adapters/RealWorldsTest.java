package io.cnishift.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cnishift.adapters.target.ClusterTarget;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.adapters.target.Environment;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.port.Answer;
import io.cnishift.api.port.MigrationException;
import io.cnishift.api.port.Question;
import io.cnishift.api.port.World;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RealWorldsTest {

    private final FakeTime time = new FakeTime();

    @Test
    void openingContactsNothing() {
        try (RealWorlds worlds = worlds()) {
            worlds.open(new ClusterTarget("shop", ConnectionSettings.none()));
            assertThat(worlds.metrics().requests()).isZero();
        }
    }

    @Test
    void aKubeconfigThatIsNotThereEndsTheReadAsAFaultOfTheUser() {
        ConnectionSettings settings = ConnectionSettings.builder()
                .withKubeconfig(Optional.of(Path.of("no-such-file")))
                .build();
        try (RealWorlds worlds = worlds()) {
            World world = worlds.open(new ClusterTarget("shop", settings));
            assertThatExceptionOfType(MigrationException.class)
                    .isThrownBy(() -> world.kubernetes().read(Set.of(Part.NODES)))
                    .matches(e -> e.category() == MigrationException.Category.USER);
        }
    }

    @Test
    void aQuestionWhoseClusterCannotBeOpenedIsUnknown() {
        ConnectionSettings settings = ConnectionSettings.builder()
                .withKubeconfig(Optional.of(Path.of("no-such-file")))
                .build();
        try (RealWorlds worlds = worlds()) {
            World world = worlds.open(new ClusterTarget("shop", settings));
            Question question =
                    Question.of(Question.From.RUNNER, "", Question.To.API_SERVER, "", Question.Protocol.TCP, 443);
            Answer answer = world.reach().ask(question);
            assertThat(answer.verdict()).isEqualTo(Answer.Verdict.UNKNOWN);
            assertThat(answer.evidence()).contains("no-such-file");
        }
    }

    private RealWorlds worlds() {
        return new RealWorlds(new Environment(Map.of()), time);
    }
}
