package io.cnishift.cli.command;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a simulated API server listens: an address of this machine alone, written {@code 127.0.0.1:8080}. */
record ListenAddress(InetSocketAddress socket) {
    static final ListenAddress FREE_PORT =
            new ListenAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

    private static final int HIGHEST_PORT = 65_535;

    /** Reads it. A name would have to be looked up, and might lead anywhere. */
    static final class Converter implements ITypeConverter<ListenAddress> {
        private static final Pattern FORM =
                Pattern.compile("(127(?:\\.[0-9]{1,3}){3}|\\[::1\\]|localhost):([0-9]{1,5})");

        @Override
        public ListenAddress convert(String text) {
            Matcher form = FORM.matcher(text);
            if (!form.matches() || Integer.parseInt(form.group(2)) > HIGHEST_PORT) {
                throw new TypeConversionException("'" + text
                        + "' is no loopback address; write it as 127.0.0.1:8080, or with port 0 for a free one");
            }
            try {
                String host = form.group(1).equals("localhost") ? "127.0.0.1" : form.group(1);
                return new ListenAddress(
                        new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(form.group(2))));
            } catch (UnknownHostException e) {
                throw new TypeConversionException("'" + text + "' is no loopback address");
            }
        }
    }
}
