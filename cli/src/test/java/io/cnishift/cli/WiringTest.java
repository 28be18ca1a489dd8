package io.cnishift.cli;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.google.inject.Guice;
import com.google.inject.Stage;
import org.junit.jupiter.api.Test;

/** Builds every module set. */
final class WiringTest {

    @Test
    void buildsTheModulesOfACall() {
        assertThatCode(() -> Guice.createInjector(Stage.PRODUCTION, Wiring.modules(Terminals.silent())))
                .doesNotThrowAnyException();
    }
}
