/** The command line: the only composition root. */
@NullMarked
package io.cnishift.cli;

import org.jspecify.annotations.NullMarked;
