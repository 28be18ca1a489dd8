package io.cnishift.it.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.cnishift.adapters.RealWorlds;
import io.cnishift.adapters.target.ConnectionSettings;
import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.capacity.InstanceTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The emulator has EC2's own answers for instance types, recorded at some time, so it can judge the embedded table. */
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, providers = GivenPeers.class)
final class InstanceTypesIT {

    @RegisterExtension
    static final EmulatedAws AWS = new EmulatedAws();

    @Test
    void theEmbeddedTableAgreesOnEveryTypeThatBothKnow() {
        InstanceTable live;
        try (RealWorlds worlds = new RealWorlds()) {
            live = worlds.instanceTypes(ConnectionSettings.builder()
                    .withRegion(Optional.of("us-east-1"))
                    .build());
        }
        List<InstanceLimits> both = live.all().stream()
                .filter(limits -> InstanceTable.embedded().find(limits.type()).isPresent())
                .toList();
        assertThat(both).hasSizeGreaterThan(1000);
        // Equal limits give equal numbers of pods in every mode, for the formulas are functions of nothing else.
        assertThat(both)
                .allSatisfy(limits ->
                        assertThat(InstanceTable.embedded().find(limits.type())).contains(limits));
    }
}
