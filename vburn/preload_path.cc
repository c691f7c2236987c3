// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/preload_path.h"

#include <limits.h>
#include <unistd.h>

#include "config.h"
#include "libcore/base/text.h"

namespace vburn {

core::Result<std::string> preload_library() {
  static constexpr const char* kName = "vburn-preload.so";
  char self[PATH_MAX];
  const ssize_t n = readlink("/proc/self/exe", self, sizeof self);
  std::string dir = n > 0 ? std::string(self, static_cast<std::size_t>(n)) : std::string();
  dir.erase(dir.rfind('/') == std::string::npos ? 0 : dir.rfind('/'));
  const std::string places[] = {dir + "/" + kName, std::string(PKGLIBDIR) + "/" + kName,
                                dir + "/../lib/" PACKAGE_TARNAME "/" + kName};
  for (const std::string& place : places) {
    if (access(place.c_str(), R_OK) != 0) continue;
    if (place.find_first_of(": ") != std::string::npos)
      return core::Problem{.text = "The dynamic linker cannot preload a library with a blank or colon in its path: " +
                                   core::shell_quote(place)};
    return place;
  }
  return core::Problem{.text = "Cannot find the preload library " + core::shell_quote(places[1])};
}

}  // namespace vburn
