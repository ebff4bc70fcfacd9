#include "net/filefetch.h"
