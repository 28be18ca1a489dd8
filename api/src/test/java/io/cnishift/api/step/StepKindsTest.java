package io.cnishift.api.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StepKindsTest {

    @Test
    void idsAreKebabCaseAndUnique() {
        assertThat(StepKinds.id(SetVpcCniEnv.class)).isEqualTo("set-vpc-cni-env");
        assertThat(StepKinds.all())
                .extracting(StepKinds::id)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z-]+"));
    }

    @Test
    void everyRecordOfThePackageIsInTheCatalogue() throws Exception {
        Path classes = Path.of(StepKinds.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.list(classes.resolve("io/cnishift/api/step"))) {
            List<String> records = files.map(f -> f.getFileName().toString().replace(".class", ""))
                    .filter(name -> !name.contains("$") && isRecord(name))
                    .toList();
            assertThat(StepKinds.all()).extracting(Class::getSimpleName).containsExactlyInAnyOrderElementsOf(records);
        }
    }

    private static boolean isRecord(String name) {
        try {
            return Class.forName(StepKinds.class.getPackageName() + "." + name).isRecord();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
