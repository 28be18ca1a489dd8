package io.cnishift.engine.lock;

import io.cnishift.engine.codec.Codec;
import java.io.IOException;
import java.nio.file.Path;

/** Looks who holds a lock, again and again, until its input ends: a process of its own, as {@code status} is. */
final class LookingProcess {

    private LookingProcess() {}

    public static void main(String[] arguments) throws IOException {
        Lock lock = new FileLocks(Path.of(arguments[0]), Codec.builder().build()).of("one");
        lock.holder();
        System.out.println("looking");
        while (System.in.available() == 0) {
            lock.holder();
        }
    }
}
