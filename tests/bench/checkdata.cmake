# The benchmarks' data is the same on every machine: cmake -DPROGRAM=… -DCLASSES=… -DFOLDER=… -P checkdata.cmake
function(expect name hash)
  set(file ${FOLDER}/benchdata-${name}.csv)
  execute_process(COMMAND ${PROGRAM} --rows 1000 ${ARGN} ${CLASSES} ${file} COMMAND_ERROR_IS_FATAL ANY)
  file(SHA256 ${file} actual)
  if(NOT actual STREQUAL hash)
    message(FATAL_ERROR "${file} is not what it was: its SHA-256 is ${actual}")
  endif()
endfunction()

expect(usual 3f7c69202aeb171f4eda0c8d2dafdbf796977d34f899ebe658879d7184408ae7)
expect(distinct c26263fadb8602dcfbfa8febfb9de15d47e07017bcc31b1beb8f50ee02941295 --distinct-sets)
expect(shuffled 54610a640ebf65d289aefc07cab3b862e5f80d40b920f89d2c01edc6090a3132 --shuffled)
