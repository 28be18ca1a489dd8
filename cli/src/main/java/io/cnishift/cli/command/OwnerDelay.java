package io.cnishift.cli.command;

import io.cnishift.api.port.WorldFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * When the owners of a rehearsal act, as users write it: {@code 90s}, {@code 40m}, {@code 2h} or {@code never}.
 *
 * @param delay empty for never
 */
record OwnerDelay(Optional<Duration> delay) {

    static final OwnerDelay USUAL = new OwnerDelay(Optional.of(WorldFactory.Settings.OWNER_DELAY));

    /** Reads it. */
    static final class Converter implements ITypeConverter<OwnerDelay> {
        private static final Pattern TIME = Pattern.compile("([0-9]{1,6})([smh])");

        @Override
        public OwnerDelay convert(String text) {
            if (text.equals("never")) {
                return new OwnerDelay(Optional.empty());
            }
            Matcher time = TIME.matcher(text);
            if (!time.matches()) {
                throw new TypeConversionException("'" + text + "' is no time; write it as 40m, 2h or never");
            }
            return new OwnerDelay(Optional.of(Duration.parse("PT" + text.toUpperCase(Locale.ROOT))));
        }
    }
}
