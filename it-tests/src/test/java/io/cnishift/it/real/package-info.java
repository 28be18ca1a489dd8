/** Reading peers that are not ours: an AWS emulator, an API server. */
@NullMarked
package io.cnishift.it.real;

import org.jspecify.annotations.NullMarked;
